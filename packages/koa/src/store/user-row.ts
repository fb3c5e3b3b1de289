import type { CanonicalEmail, CanonicalPhone, CanonicalUsername, UserId } from '../model/ids.ts';
import type { User } from '../model/user.ts';
import type { Flag, Moment, OptionalMoment } from './columns.ts';

export interface UserRow {
  readonly id: UserId;
  readonly status: User['status'];
  readonly name: string | null;
  readonly given_name: string | null;
  readonly family_name: string | null;
  readonly email_typed: string | null;
  readonly email_canonical: CanonicalEmail | null;
  readonly email_verified_at: OptionalMoment;
  readonly phone_typed: string | null;
  readonly phone_canonical: CanonicalPhone | null;
  readonly phone_verified_at: OptionalMoment;
  readonly username_typed: string | null;
  readonly username_canonical: CanonicalUsername | null;
  readonly language: string | null;
  readonly passkey_offer_skipped_at: OptionalMoment;
  readonly refuses_passkey_offer: Flag;
  readonly created_at: Moment;
  readonly updated_at: Moment;
}
