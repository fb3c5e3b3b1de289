import type { CharacterKind } from '@portico/contract';
import type { LockoutTier } from '../../model/login-preferences.ts';
import { completeHashing, type HashingOptions } from './hashing-options.ts';

/** How passwords work. What is left out is the default. */
export interface PasswordOptions {
  /** Code points of a new password, 8 to 64. Fewer than 15 are for apps that ask for more than a password. @default 15 */
  readonly minLength?: number;
  /** Kinds of characters that a new password must have. They make passwords worse, not better. @default [] */
  readonly requiredKinds?: CharacterKind[];
  /** Refuse leaked passwords, words, and what simple rules make of them or of the address. @default true */
  readonly refusesGuessable?: boolean;
  /** Locks of an address after so many wrong passwords; the first after 100 at most. @default after 5 for 15 minutes, 10 for an hour, 15 for a day */
  readonly lockoutTiers?: LockoutTier[];
  /** What a hash costs. For the whole service, whatever its apps say. */
  readonly hashing?: HashingOptions;
}

/** A method that a host turned on, and what it says of it. */
export interface PasswordChoice {
  readonly method: 'password';
  readonly settings: Omit<PasswordOptions, 'hashing'> & { readonly isOn: true };
  readonly hashing?: HashingOptions;
}

/**
 * Turns passwords on. `emailCode()`, `magicLink()` or `smsCode()` must be on beside it: an address or a number is proved
 * by a mail or an SMS before it gets a password, and a forgotten one is replaced in the same way. Bounds are checked with the rest of the preferences.
 *
 * @example
 * ```ts
 * methods: [passkey(), password(), emailCode()]
 * ```
 * @throws {Error} if `hashing` is out of its bounds, or too weak.
 */
export function password({ hashing, ...settings }: PasswordOptions = {}): PasswordChoice {
  completeHashing(hashing);
  return { method: 'password', settings: { ...settings, isOn: true }, ...(hashing === undefined ? {} : { hashing }) };
}
