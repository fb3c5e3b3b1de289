/** The zero of each script whose digits people type: Arabic-Indic, Persian, Devanagari, Bengali, Thai. */
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50];

function asciiDigit(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  const zero = zeros.find((each) => point >= each && point < each + 10);
  return zero === undefined ? digit : String(point - zero);
}

/**
 * The digits that somebody typed or pasted: without spaces, hyphens and invisible marks, in any of the scripts that
 * keyboards have.
 *
 * @returns `undefined` if these are not `length` digits, so that a slip of the hand costs no attempt.
 */
export function normalizeCode(typed: string, length: number): string | undefined {
  if (typed.length > 64) return undefined;
  const bare = typed.normalize('NFKC').replaceAll(/[\s\p{Pd}\p{Cf}]/gu, '');
  const digits = bare.replaceAll(/\p{Nd}/gu, asciiDigit);
  return digits.length === length && /^[0-9]+$/.test(digits) ? digits : undefined;
}
