import { paperAlphabet, paperCodeLength } from '../paper-code.ts';

const alike: Readonly<Record<string, string>> = { o: '0', i: '1', l: '1' };

/** What was typed, as it was made: in either case, with or without hyphens, with letters for the digits that they look like. */
export function normalizeRecoveryCode(typed: string): string | undefined {
  const bare = typed.normalize('NFKC').toLowerCase().replaceAll(/[\s\p{Pd}\p{Cf}]/gu, '').replaceAll(/[oil]/g, (letter) => alike[letter] ?? letter);
  return bare.length === paperCodeLength && [...bare].every((character) => paperAlphabet.includes(character)) ? bare : undefined;
}
