import type { Sealed, UserId } from './ids.ts';

/** A user's password, as far as it is kept. One a user, whatever app they sign in to. */
export interface Password {
  readonly userId: UserId;
  /** An argon2id hash with its parameters and salt (PHC string format), sealed: without the host's key it cannot be tried out. */
  readonly sealedHash: Sealed;
  readonly setAt: Date;
}
