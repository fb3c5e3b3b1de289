import type { EmailCodePreferences, LockoutTier, MagicLinkPreferences } from '../../model/login-preferences.ts';
import { defaultPreferences } from '../../preferences/default-preferences.ts';

/** What holds where a host says nothing: six digits, five minutes, three attempts, locks of 15 min, 1 h, 24 h. */
export const emailCodeDefaults: EmailCodePreferences = defaultPreferences.methods['email-code'];

/** What holds where a host says nothing: five minutes, 30 seconds between mails, five mails an hour. */
export const magicLinkDefaults: MagicLinkPreferences = defaultPreferences.methods['magic-link'];

/** How codes by e-mail work. What is left out is the default. */
export interface EmailCodeOptions {
  /** Digits, 4 to 8. @default 6 */
  readonly codeLength?: number;
  /** Seconds that a code is good for. @default 300 */
  readonly lifetimeSeconds?: number;
  /** Wrong answers before a code is worth nothing, 1 to 20. @default 3 */
  readonly attempts?: number;
  /** Locks of an address after so many wrong answers. @default after 3 for 15 minutes, 6 for an hour, 9 for a day */
  readonly lockoutTiers?: LockoutTier[];
  /** Seconds between two mails to an address. @default 30 */
  readonly resendCooldownSeconds?: number;
  /** Mails to an address within an hour. @default 5 */
  readonly mailsPerHour?: number;
}

/** How links by e-mail work. What is left out is the default. */
export interface MagicLinkOptions {
  /** Seconds that a link is good for. @default 300 */
  readonly lifetimeSeconds?: number;
  /** Seconds between two mails to an address. @default 30 */
  readonly resendCooldownSeconds?: number;
  /** Mails to an address within an hour. @default 5 */
  readonly mailsPerHour?: number;
}

/** A method that a host turned on, and what it says of it. */
export interface EmailCodeChoice {
  readonly method: 'email-code';
  readonly settings: EmailCodeOptions & { readonly isOn: true };
}

/** A method that a host turned on, and what it says of it. */
export interface MagicLinkChoice {
  readonly method: 'magic-link';
  readonly settings: MagicLinkOptions & { readonly isOn: true };
}

/**
 * Turns codes by e-mail on. Bounds are checked with the rest of the preferences.
 *
 * @example
 * ```ts
 * methods: [emailCode({ codeLength: 8 }), magicLink()]
 * ```
 */
export function emailCode(options: EmailCodeOptions = {}): EmailCodeChoice {
  return { method: 'email-code', settings: { ...options, isOn: true } };
}

/** Turns links by e-mail on. With `emailCode()` beside it one mail carries both. */
export function magicLink(options: MagicLinkOptions = {}): MagicLinkChoice {
  return { method: 'magic-link', settings: { ...options, isOn: true } };
}
