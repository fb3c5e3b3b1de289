import { longestPassword } from '../../preferences/password-rules-view.ts';

/** Code points, not UTF-16 units: an emoji is one sign to whoever types it. */
export function lengthOf(password: string): number {
  return [...password].length;
}

/**
 * What was typed, in the one form that is hashed: NFC, so that every keyboard's accents are the same (NIST SP 800-63B-4,
 * section 3.1.1.2). Nothing is trimmed, folded or cut.
 */
export function normalizePassword(typed: string): string {
  return typed.normalize('NFC');
}

/** Nobody has a password of this length, and nobody makes the server hash one. */
export function isTooLong(password: string): boolean {
  return lengthOf(password) > longestPassword;
}
