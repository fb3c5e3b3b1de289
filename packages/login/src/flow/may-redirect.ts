/** Where a page may be sent: http(s) on an origin that is known, or a scheme that the page itself has listed. */
export function mayRedirect(target: URL, allowed: readonly string[]): boolean {
  const isWeb = target.protocol === 'https:' || target.protocol === 'http:';
  if (isWeb) return allowed.some((entry) => parseUrl(entry)?.origin === target.origin);
  // A listed scheme (`com.example.app:`); never one that runs or shows what it carries.
  const isDangerous = ['javascript:', 'data:', 'blob:', 'vbscript:', 'file:', 'about:', 'filesystem:'].includes(target.protocol);
  return !isDangerous && allowed.some((entry) => entry === target.protocol);
}

/** A URL, or nothing. Relative ones are the page's. */
export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text, location.href) ? new URL(text, location.href) : undefined;
}
