import type { CharacterKind } from '@portico/contract';
import { createBreachRange, type BreachRangeOptions } from '../../delivery/breach-range-http.ts';
import type { BreachRange } from '../../ports/breach-range.ts';
import type { LockoutTier } from '../../model/login-preferences.ts';
import { checkHashing, type HashingOptions } from './hashing-options.ts';

/** How passwords work. What is left out is the default. */
export interface PasswordOptions {
  /**
   * Code points of a new password, 8 to 64. Fewer than 15 are for apps that ask for more than a password.
   *
   * @default 15; 8 where every app with passwords has `mfa: { policy: 'required', rememberDevice: false }`
   */
  readonly minLength?: number;
  /** Kinds of characters that a new password must have. They make passwords worse, not better. @default [] */
  readonly requiredKinds?: CharacterKind[];
  /** Refuse leaked passwords, words, and what simple rules make of them or of the address. @default true */
  readonly refusesGuessable?: boolean;
  /** The last so many of a user are refused, the present one among them, 0 to 24. @default 0 */
  readonly history?: number;
  /** Days after which a password has to be replaced, 1 to 1096. Makes passwords worse; for who must have it. @default false */
  readonly maxAgeDays?: number | false;
  /** Locks of an account after so many wrong passwords; the first after 100 at most. @default after 5 for a minute, 10 for 15 minutes, 15 for an hour, 20 for a day */
  readonly lockoutTiers?: LockoutTier[];
  /** Seconds after the last wrong password until all are forgotten, 900 to 31536000; never before the longest lock ends. @default 86400 */
  readonly lockoutForgetSeconds?: number;
  /** Asks a service for leaked passwords, beside the lists that are here. For the whole service, whatever its apps say. @default nobody is asked */
  readonly breachRange?: BreachRangeOptions;
  /** What a hash costs. For the whole service, whatever its apps say. */
  readonly hashing?: HashingOptions;
}

/** A method that a host turned on, and what it says of it. */
export interface PasswordChoice {
  readonly method: 'password';
  readonly settings: Omit<PasswordOptions, 'hashing' | 'breachRange'> & { readonly isOn: true };
  readonly hashing?: HashingOptions;
  readonly breachRange?: BreachRange;
}

/**
 * Turns passwords on. `emailCode()`, `magicLink()` or `smsCode()` must be on beside it: an address or a number is proved
 * by a mail or an SMS before it gets a password, and a forgotten one is replaced in the same way. Bounds are checked with the rest of the preferences.
 *
 * @example
 * ```ts
 * methods: [passkey(), password(), emailCode()]
 * ```
 * @throws {Error} if `hashing` is out of its bounds or too weak, or `breachRange` cannot be asked.
 */
export function password({ hashing, breachRange, ...settings }: PasswordOptions = {}): PasswordChoice {
  checkHashing(hashing);
  return { method: 'password', settings: { ...settings, isOn: true }, ...(hashing === undefined ? {} : { hashing }), ...(breachRange === undefined ? {} : { breachRange: createBreachRange(breachRange) }) };
}
