import type { RecoveryCodeId, Sealed, TotpId, UserId } from '../model/ids.ts';
import type { Totp } from '../model/totp.ts';
import type { Counter, Moment } from './columns.ts';

export interface TotpRow {
  readonly id: TotpId;
  readonly user_id: UserId;
  readonly sealed_secret: Sealed;
  readonly algorithm: Totp['algorithm'];
  readonly digits: Totp['digits'];
  readonly period_seconds: number;
  readonly last_used_step: Counter;
  readonly created_at: Moment;
}

export interface RecoveryCodeRow {
  readonly id: RecoveryCodeId;
  readonly user_id: UserId;
  readonly sealed_digest: Sealed;
  readonly created_at: Moment;
}

/** Of a second factor. */
export interface DeclinedOfferRow {
  readonly user_id: UserId;
  readonly declined_at: Moment;
}

export interface PermitRow {
  readonly user_id: UserId;
  readonly started_by: string;
  readonly reason: string;
  readonly created_at: Moment;
  readonly opens_at: Moment;
  readonly expires_at: Moment;
}
