import type { PasswordRulesView } from '@portico/contract';
import type { PasswordPreferences } from '../model/login-preferences.ts';

/**
 * Code points that a password may have, after normalisation: four times what NIST SP 800-63B-4, section 3.1.1.2 asks
 * for, and few enough that nobody makes the server work with one.
 */
export const longestPassword = 256;

/** What a person may know of the rules before they type. */
export function passwordRulesView({ minLength, requiredKinds, refusesGuessable, history }: PasswordPreferences): PasswordRulesView {
  return {
    min_length: minLength, max_length: longestPassword, required_kinds: requiredKinds, refuses_guessable: refusesGuessable,
    ...(history > 0 ? { refuses_last: history } : {}),
  };
}
