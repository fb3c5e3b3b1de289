/** Longer names say nothing more in a subject. */
const longest = 60;

/**
 * A name from outside as it may stand in a header: one line without controls or marks that turn text around
 * (RFC 5322, section 2.2: a header ends at the first CRLF).
 */
export function oneLine(text: string): string {
  const line = text.replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const chars = [...line];
  return chars.length > longest ? `${chars.slice(0, longest - 1).join('')}…` : line;
}
