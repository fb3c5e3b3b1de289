import type { LockoutTier } from '../../model/login-preferences.ts';

/** How codes by SMS work. What is left out is the default. */
export interface SmsCodeOptions {
  /**
   * Where numbers may be (ISO 3166-1, two letters), such as `['DE', 'AT', 'CH']`; `'all'` for everywhere, which is an
   * invitation to toll fraud. Here or in each app's preferences it must be said.
   */
  readonly countries?: string[] | 'all';
  /** Of numbers that are typed without their country. @default the first of `countries` */
  readonly defaultCountry?: string;
  /** Digits, 4 to 8. @default 6 */
  readonly codeLength?: number;
  /** Seconds that a code is good for, up to 600 (NIST SP 800-63B-4, section 3.1.3.2). @default 300 */
  readonly lifetimeSeconds?: number;
  /** Wrong answers before a code is worth nothing, 1 to 20. @default 3 */
  readonly attempts?: number;
  /** Locks of a number after so many wrong answers. @default after 3 for 15 minutes, 6 for an hour, 9 for a day */
  readonly lockoutTiers?: LockoutTier[];
  /** Seconds between two SMS to a number. @default 60 */
  readonly resendCooldownSeconds?: number;
  /** SMS to a number within an hour. @default 5 */
  readonly smsPerHour?: number;
  /** SMS for a caller (an IPv4 address, a /64 of IPv6) within an hour. @default 30 */
  readonly smsPerCallerPerHour?: number;
  /** SMS to all numbers that share their first seven digits within an hour. @default 50 */
  readonly smsPerPrefixPerHour?: number;
  /** SMS to a country within an hour. The bill of a bad night is this times the price of one times the hours. @default 500 */
  readonly smsPerCountryPerHour?: number;
}

/** A method that a host turned on, and what it says of it. */
export interface SmsCodeChoice {
  readonly method: 'sms-code';
  readonly settings: SmsCodeOptions & { readonly isOn: true };
}

/**
 * Turns codes by SMS on. `createAuth` needs an `smsSender` then. The telephone network is a restricted authenticator
 * (NIST SP 800-63B-4, section 3.1.3.3): offer another way beside it.
 *
 * @example
 * ```ts
 * methods: [passkey(), smsCode({ countries: ['DE', 'AT', 'CH'] })],
 * smsSender: twilio({ accountSid, authToken, from: '+4915112345678' }),
 * ```
 */
export function smsCode(options: SmsCodeOptions = {}): SmsCodeChoice {
  return { method: 'sms-code', settings: { ...options, isOn: true } };
}
