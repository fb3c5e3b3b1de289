import type { DeviceId, Digest, UserId } from '../model/ids.ts';
import type { Moment, OptionalMoment } from './columns.ts';

export interface DeviceRow {
  readonly id: DeviceId;
  readonly user_id: UserId;
  readonly secret_digest: Digest;
  readonly origin: string;
  readonly first_seen_at: Moment;
  readonly last_seen_at: Moment;
  readonly confirmed_at: OptionalMoment;
  readonly confirmed_by: string | null;
  readonly remembered_at: OptionalMoment;
  readonly remembered_until: OptionalMoment;
  readonly forgotten_at: OptionalMoment;
  readonly alarm_digest: Digest | null;
  readonly alarm_claimed_at: OptionalMoment;
  /** The rest of the alarm. */
  readonly alarm: string | null;
}
