import type { LockoutTier } from '../../model/login-preferences.ts';

/** How codes of support work. What is left out is the default. */
export interface AccessCodeOptions {
  /** Digits, 6 to 8. @default 8 */
  readonly codeLength?: number;
  /** Seconds that a code is good for where whoever issues it says nothing. @default 900 */
  readonly lifetimeSeconds?: number;
  /** The most that they may say, up to a day (NIST SP 800-63B-4, section 4.2.1.2). @default 86400 */
  readonly longestLifetimeSeconds?: number;
  /** Locks of an identifier after so many wrong codes; the first after 100 at most. @default after 3 for 15 minutes, 6 for an hour, 9 for a day */
  readonly lockoutTiers?: LockoutTier[];
}

/** A method that a host turned on, and what it says of it. */
export interface AccessCodeChoice {
  readonly method: 'access-code';
  readonly settings: AccessCodeOptions & { readonly isOn: true };
}

/**
 * Lets somebody in with a code that `auth.issueAccessCode()` made for them: for who has lost every other way, once support
 * has satisfied itself by other means who they are. It is a first factor like any other: where an app asks for a second one,
 * it is asked for all the same.
 *
 * @example
 * ```ts
 * methods: [passkey(), emailCode(), accessCode()]
 * ```
 */
export function accessCode(options: AccessCodeOptions = {}): AccessCodeChoice {
  return { method: 'access-code', settings: { ...options, isOn: true } };
}
