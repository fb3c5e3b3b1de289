/**
 * What a user has beside the first factor.
 *
 * Owns: that digits count once, a recovery code opens once, and nobody is offered a second factor twice.
 * Does not own: passkeys, which are a first factor too.
 */
import type { RecoveryCodeId, TotpId, UserId } from '../model/ids.ts';
import type { RecoveryCode } from '../model/recovery-code.ts';
import type { Totp } from '../model/totp.ts';

/** The authenticator apps of users. */
export interface Totps {
  /** `false` if one of this id is there: nothing was stored. */
  insert(totp: Totp): Promise<boolean>;
  listOf(userId: UserId): Promise<readonly Totp[]>;
  /** Takes a step, and with it those before. `false` if it or a later one was taken: one statement. */
  spendStep(id: TotpId, step: number): Promise<boolean>;
  /** `false` if this user has no such app: of two callers at the same moment one removes it. */
  remove(id: TotpId, userId: UserId): Promise<boolean>;
  /** All of the user's, who has lost them. @returns how many went */
  removeAllOf(userId: UserId): Promise<number>;
}

/** The recovery codes of users. */
export interface RecoveryCodes {
  /** These in the place of all that the user had. */
  replaceAll(userId: UserId, codes: readonly RecoveryCode[]): Promise<void>;
  /** Those that were not used. */
  listOf(userId: UserId): Promise<readonly RecoveryCode[]>;
  countOf(userId: UserId): Promise<number>;
  /** Takes one. Of two callers at the same moment one gets it. */
  claim(id: RecoveryCodeId, userId: UserId): Promise<boolean>;
}

/** To whom a second factor was offered and who did not want one. */
export interface SecondFactorOffers {
  hasDeclined(userId: UserId): Promise<boolean>;
  /** Later ones keep the first moment. */
  noteDeclined(userId: UserId, now: Date): Promise<void>;
}
