import type { ContactChange, ContactKind } from '../model/contact.ts';
import type { AppId, CanonicalEmail, CanonicalPhone, ClientId, ContactChangeId, Digest, SessionId, UserId } from '../model/ids.ts';
import type { Moment, OptionalMoment } from './columns.ts';

export interface ContactChangeRow {
  readonly id: ContactChangeId;
  readonly user_id: UserId;
  readonly session_id: SessionId;
  readonly client_id: ClientId;
  readonly kind: ContactKind;
  readonly typed: string;
  readonly canonical: CanonicalEmail | CanonicalPhone;
  readonly code_digest: Digest;
  readonly link_digest: Digest | null;
  readonly attempts_left: number;
  readonly created_at: Moment;
  readonly expires_at: Moment;
  readonly ended_as: NonNullable<ContactChange['end']> | null;
}

export interface ContactUndoRow {
  readonly digest: Digest;
  readonly user_id: UserId;
  readonly client_id: ClientId;
  readonly kind: ContactKind;
  readonly before_typed: string | null;
  readonly before_canonical: CanonicalEmail | CanonicalPhone | null;
  readonly before_verified_at: OptionalMoment;
  readonly created_at: Moment;
  readonly expires_at: Moment;
  readonly ended_as: NonNullable<ContactChange['end']> | null;
}

export interface AccessCodeRow {
  readonly user_id: UserId;
  readonly app_id: AppId;
  readonly code_digest: Digest;
  readonly issuer: string;
  readonly created_at: Moment;
  readonly expires_at: Moment;
}
