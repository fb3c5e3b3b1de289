import type { Random } from '../ports/random.ts';

/** Crockford's base32: no letter that looks like a digit or makes a word worse. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
/** 80 bits: more than NIST SP 800-63B-4, section 4.2.1.1 asks for, nobody guesses it, and it can be typed or told over the phone. */
const length = 16;
const alike: Readonly<Record<string, string>> = { o: '0', i: '1', l: '1' };

/** A secret that people write down or pass on by word of mouth, in groups of four. */
export function newPaperCode(random: Random): string {
  const bytes = Buffer.from(random.secret(), 'base64url').subarray(0, length);
  // A byte has eight times 32 values: no character is likelier than another.
  return groupPaperCode([...bytes].map((byte) => alphabet[byte % alphabet.length]).join(''));
}

/** As it was shown. */
export function groupPaperCode(bare: string): string {
  return (bare.match(/.{4}/g) ?? []).join('-');
}

/** What was typed, as it was made: in either case, with or without hyphens, with letters for the digits that they look like. */
export function normalizePaperCode(typed: string): string | undefined {
  const bare = typed.normalize('NFKC').toLowerCase().replaceAll(/[\s\p{Pd}\p{Cf}]/gu, '').replaceAll(/[oil]/g, (letter) => alike[letter] ?? letter);
  return bare.length === length && [...bare].every((character) => alphabet.includes(character)) ? bare : undefined;
}
