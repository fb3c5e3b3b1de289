/** Longer than a path should be, shorter than what would burst the attempt's cookie. */
const maximumLength = 1024;

/**
 * Where to go after signing in, if it is a path on our own origin; `undefined` for everything else, so that nobody uses
 * us to send people elsewhere (RFC 9700, section 4.11.1).
 *
 * @param forbidden our own routes: to return to one of them would begin again, without end.
 */
export function readReturnPath(value: unknown, origin: string, forbidden: readonly string[] = []): string | undefined {
  if (typeof value !== 'string' || value.length > maximumLength) return undefined;
  // Browsers drop tabs and line breaks within a URL and read `\` as `/`; what has any of these is no honest path.
  if (!/^\/(?![/\\])[^\\\s\p{Cc}]*$/u.test(value)) return undefined;
  const url = URL.parse(value, origin);
  if (url === null || url.origin !== origin || forbidden.includes(url.pathname)) return undefined;
  // `/.//evil.example` begins well and is `//evil.example` once its dots are gone.
  if (url.pathname.startsWith('//')) return undefined;
  return url.pathname + url.search + url.hash;
}
