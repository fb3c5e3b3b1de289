/**
 * The rows, as both databases keep them.
 *
 * What is looked up, unique, compared or conditionally written is a column; the rest of a record is JSON text in
 * `record`, which comes back exactly as it went in (`jsonb` would refuse U+0000 and reorder keys).
 */
import type { Challenge, ChallengeEnd, ChallengePurpose } from '../model/challenge.ts';
import type { Generated } from 'kysely';
import type {
  AppId, CanonicalEmail, CanonicalPhone, ChallengeId, ClientId, DeviceId, Digest, FlowId, GrantId, PasskeyId, Sealed, SessionId, UserId,
} from '../model/ids.ts';
import type { SigningKey } from '../model/signing-key.ts';
import type { Counter, Flag, Moment, OptionalMoment } from './columns.ts';
import type { AccessCodeRow, ContactChangeRow, ContactUndoRow } from './contact-rows.ts';
import type { DeviceRow } from './device-row.ts';
import type { ProviderTokenRow } from './provider-tokens.store.ts';
import type { DeclinedOfferRow, PermitRow, RecoveryCodeRow, TotpRow } from './second-factor-rows.ts';
import type { UserRow } from './user-row.ts';

interface AppRow {
  readonly id: AppId;
  readonly record: string;
}

interface ClientRow {
  readonly id: ClientId;
  readonly app_id: AppId;
  readonly record: string;
}

export interface PasskeyRow {
  readonly id: PasskeyId;
  readonly user_id: UserId;
  readonly counter: Counter;
  readonly is_backed_up: Flag;
  readonly last_used_at: OptionalMoment;
  readonly created_at: Moment;
  readonly record: string;
}

export interface PasswordRow {
  readonly user_id: UserId;
  readonly sealed_hash: Sealed;
  readonly set_at: Moment;
  readonly must_change: string | null;
  readonly ends_at: Moment | null;
}

export interface FormerPasswordRow {
  readonly user_id: UserId;
  readonly sealed_hash: Sealed;
  readonly ended_at: Moment;
}

export interface IdentityRow {
  readonly issuer: string;
  readonly subject: string;
  readonly user_id: UserId;
  readonly provider: string;
  readonly linked_at: Moment;
}

export interface FlowRow {
  readonly id: FlowId;
  readonly handle_digest: Digest;
  readonly version: number;
  /** Whoever is proved in it. */
  readonly user_id: UserId | null;
  readonly expires_at: Moment;
  readonly record: string;
}

export interface ChallengeRow {
  readonly id: ChallengeId;
  readonly flow_id: FlowId;
  readonly client_id: ClientId;
  readonly method: Challenge['method'];
  readonly purpose: ChallengePurpose;
  readonly secret_digest: Digest;
  readonly email: CanonicalEmail | null;
  readonly phone: CanonicalPhone | null;
  readonly user_id: UserId | null;
  readonly detail: string;
  readonly attempts_left: number;
  readonly created_at: Moment;
  readonly expires_at: Moment;
  readonly ended_as: ChallengeEnd | null;
}

export interface SessionRow {
  readonly id: SessionId;
  readonly secret_digest: Digest;
  readonly user_id: UserId;
  readonly client_id: ClientId | null;
  readonly proofs: string;
  readonly origin: string;
  readonly device_id: DeviceId | null;
  readonly created_at: Moment;
  readonly last_used_at: Moment;
  readonly idle_expires_at: Moment;
  readonly expires_at: Moment;
  readonly closed_at: OptionalMoment;
}

export interface GrantRow {
  readonly id: GrantId;
  readonly user_id: UserId;
  readonly client_id: ClientId;
  readonly session_id: SessionId;
  readonly record: string;
  readonly created_at: Moment;
  readonly revoked_at: OptionalMoment;
  /** Nothing that was issued under it can be exchanged after this: the end of its longest refresh token, or its revocation. */
  readonly ends_at: Moment;
}

export interface AuthorizationCodeRow {
  readonly digest: Digest;
  readonly grant_id: GrantId;
  readonly client_id: ClientId;
  readonly redirect_uri: string;
  readonly pkce_challenge: string | null;
  readonly created_at: Moment;
  readonly expires_at: Moment;
  readonly spent_at: OptionalMoment;
}

export interface RefreshTokenRow {
  readonly digest: Digest;
  readonly grant_id: GrantId;
  readonly client_id: ClientId;
  readonly parent_digest: Digest | null;
  readonly created_at: Moment;
  readonly expires_at: Moment;
  readonly spent_at: OptionalMoment;
  readonly successor_digest: Digest | null;
  readonly successor_sealed: Sealed | null;
}

export interface PushedRequestRow {
  readonly digest: Digest;
  readonly client_id: ClientId;
  readonly parameters: string;
  readonly flow_id: FlowId | null;
  readonly created_at: Moment;
  readonly expires_at: Moment;
}

export interface SigningKeyRow {
  readonly kid: string;
  readonly algorithm: SigningKey['algorithm'];
  readonly public_jwk: string;
  readonly private_jwk: Sealed;
  readonly created_at: Moment;
  readonly signs_from: Moment;
  readonly signs_until: OptionalMoment;
  readonly published_until: OptionalMoment;
}

export interface QueuedMailRow {
  readonly id: string;
  readonly challenge_id: ChallengeId | null;
  /** Null once it is sent. */
  readonly sealed: Sealed | null;
  readonly attempts: number;
  readonly created_at: Moment;
  readonly next_attempt_at: Moment;
  readonly expires_at: Moment;
  readonly sent_at: OptionalMoment;
}

interface BudgetRow {
  readonly key: Digest;
  readonly used: number;
  readonly window_ends_at: Moment;
  readonly next_at: Moment;
  /** Says nothing any more after this. */
  readonly kept_until: Moment;
}

interface FailureRow {
  readonly key: Digest;
  readonly failures: number;
  readonly last_failed_at: Moment;
  readonly locked_until: OptionalMoment;
  readonly kept_until: Moment;
}

export interface AuditEventRow {
  readonly id: Generated<Counter>;
  readonly at: Moment;
  readonly user_id: string | null;
  readonly kind: string;
  readonly record: string;
}

interface MigrationRow {
  readonly name: string;
}

/** Names begin with `portico_`, for the database may be the host's own. */
export interface Schema {
  readonly portico_app: AppRow;
  readonly portico_client: ClientRow;
  readonly portico_user: UserRow;
  readonly portico_passkey: PasskeyRow;
  readonly portico_password: PasswordRow;
  readonly portico_former_password: FormerPasswordRow;
  readonly portico_identity: IdentityRow;
  readonly portico_provider_token: ProviderTokenRow;
  readonly portico_access_code: AccessCodeRow;
  readonly portico_contact_change: ContactChangeRow;
  readonly portico_contact_undo: ContactUndoRow;
  readonly portico_totp: TotpRow;
  readonly portico_recovery_code: RecoveryCodeRow;
  readonly portico_declined_offer: DeclinedOfferRow;
  readonly portico_permit: PermitRow;
  readonly portico_device: DeviceRow;
  readonly portico_flow: FlowRow;
  readonly portico_challenge: ChallengeRow;
  readonly portico_session: SessionRow;
  readonly portico_grant: GrantRow;
  readonly portico_authorization_code: AuthorizationCodeRow;
  readonly portico_refresh_token: RefreshTokenRow;
  readonly portico_pushed_request: PushedRequestRow;
  readonly portico_signing_key: SigningKeyRow;
  readonly portico_queued_mail: QueuedMailRow;
  readonly portico_budget: BudgetRow;
  readonly portico_failure: FailureRow;
  readonly portico_audit_event: AuditEventRow;
  readonly portico_migration: MigrationRow;
}
