import type { AppId, ClientId, FlowId, SessionId, UserId } from './ids.ts';

/** What happened. One closed list. */
export type AuditKind =
  | 'flow_started'
  | 'mail_queued'
  | 'mail_withheld'
  | 'sms_queued'
  | 'sms_withheld'
  | 'sms_over_budget'
  | 'answer_wrong'
  | 'locked'
  | 'unlocked'
  | 'stuffing_suspected'
  | 'proved'
  | 'user_created'
  | 'profile_changed'
  | 'user_suspended'
  | 'user_resumed'
  | 'username_set'
  | 'passkey_added'
  | 'passkey_renamed'
  | 'passkey_removed'
  | 'password_set'
  | 'password_changed'
  | 'password_demanded'
  | 'temporary_password_made'
  | 'breach_check_failed'
  | 'identity_linked'
  | 'identity_unlinked'
  | 'provider_refused'
  | 'totp_added'
  | 'totp_removed'
  | 'recovery_codes_made'
  | 'recovery_code_used'
  | 'second_factor_declined'
  | 'second_factors_reset'
  | 'recovery_started'
  | 'recovery_withdrawn'
  | 'recovered'
  | 'passkey_refused'
  | 'approval_declined'
  | 'passkey_counter_regressed'
  | 'device_added'
  | 'device_forgotten'
  | 'device_denied'
  | 'access_code_issued'
  | 'contact_change_asked'
  | 'contact_changed'
  | 'contact_change_undone'
  | 'session_opened'
  | 'session_strengthened'
  | 'session_closed'
  | 'code_issued'
  | 'code_replayed'
  | 'tokens_issued'
  | 'refresh_token_reused'
  | 'grant_revoked'
  | 'keys_rotated';

/** What of the audit trail is asked for. */
export interface AuditFilter {
  /** What happened to this user alone. */
  readonly userId?: UserId;
  /** What is of these kinds alone. */
  readonly kinds?: readonly AuditKind[];
  /** What came before: the `cursor` of the last event of the page that was read last. */
  readonly before?: string;
}

/** One thing that happened, and where the page after it begins. */
export interface ListedAuditEvent extends AuditEvent {
  readonly cursor: string;
}

/** One thing that happened, without secrets. */
export interface AuditEvent {
  readonly kind: AuditKind;
  readonly at: Date;
  readonly appId?: AppId;
  readonly clientId?: ClientId;
  readonly userId?: UserId;
  readonly flowId?: FlowId;
  readonly sessionId?: SessionId;
  readonly address?: string;
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
}
