import type { FieldFault } from './problem.ts';

/**
 * Why somebody has to replace a right password before they are signed in: it is older than the app lets one be, somebody
 * in charge said so, or it is a temporary one.
 */
export type PasswordChange = 'expired' | 'demanded' | 'temporary';

/** A kind of character that a composition rule asks for. Letters and digits of every script count. */
export type CharacterKind = 'lowercase' | 'uppercase' | 'digit' | 'symbol';

/** What is said of a password that was checked and not kept: every rule that it breaks, by the path where it was sent. Empty where it would be taken. */
export interface PasswordCheck {
  readonly errors: readonly FieldFault[];
}

/**
 * What a new password must be, to be shown before anything is typed. Each rule has its error code, and `submit-password`
 * names every one that failed at once, in `errors` with the path `password`.
 */
export interface PasswordRulesView {
  /** Code points after normalisation to NFC. `password_too_short`. */
  readonly min_length: number;
  /** Code points after normalisation to NFC. `password_too_long`. */
  readonly max_length: number;
  /**
   * Empty unless the app turned composition rules on. `password_lacks_lowercase` (`\p{Ll}`), `password_lacks_uppercase`
   * (`\p{Lu}`), `password_lacks_digit` (`\p{Nd}`), `password_lacks_symbol` (none of `\p{L}`, `\p{M}`, `\p{N}`).
   */
  readonly required_kinds: readonly CharacterKind[];
  /**
   * Passwords that are easy to guess are refused: `password_guessable`, or `password_personal` where it is the address,
   * the number or the app's name that makes it so. Only the server can tell, once it is sent.
   */
  readonly refuses_guessable: boolean;
  /** The last so many of the user's own are refused, the present one among them: `password_used_before`. Absent where none is. */
  readonly refuses_last?: number;
}
