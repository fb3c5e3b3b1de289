const digit = /^\p{Nd}$/u;

/**
 * The same text, with the digits of every script as 0 to 9: people type numbers and codes on the keyboard that they have. In
 * Unicode the ten of a script stand in a row, from its zero on (chapter 4.6), so that no list of scripts is needed.
 */
export function asciiDigits(text: string): string {
  return text.replaceAll(/\p{Nd}/gu, (each) => {
    const point = each.codePointAt(0) ?? 0;
    let before = 0;
    while (digit.test(String.fromCodePoint(point - before - 1))) before += 1;
    // Where the rows of two scripts touch, each of them has ten.
    return String(before % 10);
  });
}
