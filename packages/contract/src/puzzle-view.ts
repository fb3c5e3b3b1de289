/** The vendors whose captchas the widget can show. */
export const captchaVendors = ['turnstile', 'hcaptcha', 'recaptcha'] as const;
/** One of the vendors. */
export type CaptchaVendor = (typeof captchaVendors)[number];

/** Work for the browser: find the number from 1 to `most` whose key is `key`. Nobody has to do anything. */
export interface WorkPuzzle {
  readonly kind: 'work';
  /** Goes back in front of the answer. For this flow and this action, once. */
  readonly token: string;
  /** The key of a number is PBKDF2-HMAC-SHA-256 of its decimal digits (RFC 8018, section 5.2), this salt, 16 octets long, in base64url. */
  readonly salt: string;
  readonly iterations: number;
  readonly key: string;
  readonly most: number;
  /** RFC 3339, UTC. */
  readonly expires_at: string;
}

/** A captcha of a vendor, shown by the vendor's own script. Its answer is what that script gives. */
export interface CaptchaPuzzle {
  readonly kind: 'captcha';
  readonly token: string;
  readonly vendor: CaptchaVendor;
  readonly site_key: string;
  readonly expires_at: string;
}

/**
 * What has to be solved before an action is looked at (`puzzle_required`). Send the same action again with the header
 * `Flow-Puzzle: {token}.{answer}`: nothing was done nor counted.
 */
export type PuzzleView = WorkPuzzle | CaptchaPuzzle;
