import type { RecoveryCodeId, Sealed, UserId } from './ids.ts';

/** One recovery code of a user that was not used yet. */
export interface RecoveryCode {
  readonly id: RecoveryCodeId;
  readonly userId: UserId;
  /** Its digest, sealed: without the host's key it cannot be tried out. */
  readonly sealedDigest: Sealed;
  readonly createdAt: Date;
}
