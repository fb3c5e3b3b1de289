/** How authenticator apps work. What is left out is the default. */
export interface TotpOptions {
  /** The name that authenticator apps show. @default the app's name */
  readonly issuer?: string;
  /** @default 6 */
  readonly digits?: 6 | 8;
  /** Many apps take `SHA1` for granted, whatever they are told. @default 'SHA1' */
  readonly algorithm?: 'SHA1' | 'SHA256' | 'SHA512';
  /** Steps of half a minute that a clock may be off, either way: 0 to 5. @default 1 */
  readonly window?: number;
  /** Authenticator apps a user may have, 1 to 50. @default 5 */
  readonly perUser?: number;
}

/** A method that a host turned on, and what it says of it. */
export interface TotpChoice {
  readonly method: 'totp';
  readonly settings: TotpOptions & { readonly isOn: true };
}

/**
 * Turns authenticator apps on (RFC 6238). They are a second factor and no way in by themselves: an app asks for them with
 * `preferences: { mfa: { policy: 'optional' } }` or `'required'`. Bounds are checked with the rest of the preferences.
 *
 * @example
 * ```ts
 * methods: [passkey(), emailCode(), totp()]
 * ```
 */
export function totp(settings: TotpOptions = {}): TotpChoice {
  return { method: 'totp', settings: { ...settings, isOn: true } };
}
