import { asciiDigits } from '../model/ascii-digits.ts';

/**
 * The digits that somebody typed or pasted: without spaces, hyphens and invisible marks, in the script of whatever keyboard
 * they have.
 *
 * @returns `undefined` if these are not `length` digits, so that a slip of the hand costs no attempt.
 */
export function normalizeCode(typed: string, length: number): string | undefined {
  if (typed.length > 64) return undefined;
  const digits = asciiDigits(typed.normalize('NFKC').replaceAll(/[\s\p{Pd}\p{Cf}]/gu, ''));
  return digits.length === length && /^[0-9]+$/.test(digits) ? digits : undefined;
}
