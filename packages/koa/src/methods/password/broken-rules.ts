import type { CharacterKind, ErrorCode } from '@portico/contract';
import type { PasswordPreferences } from '../../model/login-preferences.ts';
import { judgeGuessability } from './guessability.ts';
import { isTooLong, lengthOf } from './normalize-password.ts';

const kinds: Readonly<Record<CharacterKind, { readonly pattern: RegExp; readonly code: ErrorCode }>> = {
  lowercase: { pattern: /\p{Ll}/u, code: 'password_lacks_lowercase' },
  uppercase: { pattern: /\p{Lu}/u, code: 'password_lacks_uppercase' },
  digit: { pattern: /\p{Nd}/u, code: 'password_lacks_digit' },
  symbol: { pattern: /[^\p{L}\p{M}\p{N}]/u, code: 'password_lacks_symbol' },
};

/** Every rule that a password breaks, by its code. What is too long is looked at no further. */
export async function listBrokenRules(
  password: string, rules: PasswordPreferences, personal: readonly string[],
): Promise<readonly ErrorCode[]> {
  if (isTooLong(password)) return ['password_too_long'];
  const lacking = rules.requiredKinds.filter((kind) => !kinds[kind].pattern.test(password)).map((kind) => kinds[kind].code);
  const judged = rules.refusesGuessable ? await judgeGuessability(password, personal) : undefined;
  return [
    ...(lengthOf(password) < rules.minLength ? (['password_too_short'] as const) : []),
    ...lacking,
    ...(judged === undefined ? [] : [judged === 'personal' ? ('password_personal' as const) : ('password_guessable' as const)]),
  ];
}
