import type { Random } from '../ports/random.ts';

/** Crockford's base32: no letter that looks like a digit or makes a word worse. */
export const paperAlphabet = '0123456789abcdefghjkmnpqrstvwxyz';
/** 80 bits: more than NIST SP 800-63B-4, section 4.2.1.1 asks for, nobody guesses it, and it can be typed or told over the phone. */
export const paperCodeLength = 16;

/** A secret that people write down or pass on by word of mouth, in groups of four. */
export function newPaperCode(random: Random): string {
  const bytes = Buffer.from(random.secret(), 'base64url').subarray(0, paperCodeLength);
  // A byte has eight times 32 values: no character is likelier than another.
  const text = [...bytes].map((byte) => paperAlphabet[byte % paperAlphabet.length]).join('');
  return (text.match(/.{4}/g) ?? []).join('-');
}
