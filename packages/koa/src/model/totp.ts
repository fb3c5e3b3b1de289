import type { Sealed, TotpId, UserId } from './ids.ts';

/** What an authenticator app computes its digits with (RFC 6238, section 4). */
export interface TotpParameters {
  readonly digits: 6 | 8;
  readonly algorithm: 'SHA1' | 'SHA256' | 'SHA512';
  readonly periodSeconds: number;
}

/** An authenticator app of a user, as far as it is kept: from its first right digits on. */
export interface Totp extends TotpParameters {
  readonly id: TotpId;
  readonly userId: UserId;
  readonly sealedSecret: Sealed;
  /** Digits of this step and of those before it count no more. */
  readonly lastUsedStep: number;
  readonly createdAt: Date;
}
