import type { PasswordChange } from '@portico/contract';
import type { Sealed, UserId } from './ids.ts';

/** A user's password, as far as it is kept. One a user, whatever app they sign in to. */
export interface Password {
  readonly userId: UserId;
  /** An argon2id hash with its parameters and salt (PHC string format), sealed: without the host's key it cannot be tried out. */
  readonly sealedHash: Sealed;
  readonly setAt: Date;
  /** Its owner has to replace it before they are signed in by it, and why. That it is too old is reckoned, not kept. */
  readonly mustChange?: Exclude<PasswordChange, 'expired'>;
  /** From then on it is worth nothing: of a temporary one. */
  readonly endsAt?: Date;
}
