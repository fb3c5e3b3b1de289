interface Place {
  readonly protocol: string;
  readonly hostname: string;
}

/**
 * Whether cookies of one place go to the other. The public suffix list does not fit into a login form, so a doubtful
 * case counts as foreign: the flow works without cookies, it only cannot see an older session.
 */
export function isSameSite(a: Place, b: Place): boolean {
  if (a.protocol !== b.protocol) return false;
  if (a.hostname === b.hostname) return true;
  if (a.hostname.endsWith(`.${b.hostname}`) || b.hostname.endsWith(`.${a.hostname}`)) return true;
  const parent = parentOf(a.hostname);
  return parent !== undefined && parent === parentOf(b.hostname);
}

/** The domain above a host, unless it may be a public suffix such as `co.uk`. */
function parentOf(hostname: string): string | undefined {
  const labels = hostname.split('.').slice(1);
  const [second = '', top = ''] = labels.slice(-2);
  const mayBeSuffix = labels.length < 2 || (labels.length === 2 && top.length === 2 && second.length <= 3);
  return mayBeSuffix || /^\d+$/.test(top) ? undefined : labels.join('.');
}
