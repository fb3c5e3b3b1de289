/** The first of `wanted` that is offered, whole or by its primary subtag (RFC 4647, section 3.4); else the first offered. */
export function pickLanguage(offered: readonly string[], wanted: readonly string[]): string {
  const known = new Map(offered.map((tag) => [tag.toLowerCase(), tag]));
  for (const tag of wanted) {
    const found = known.get(tag.toLowerCase()) ?? known.get(tag.toLowerCase().split('-')[0] ?? '');
    if (found !== undefined) return found;
  }
  return offered[0] ?? 'en';
}
