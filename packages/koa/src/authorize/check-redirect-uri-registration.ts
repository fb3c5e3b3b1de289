/** Visible ASCII without what parsers read in two ways: backslashes, quotes, angle brackets. */
const plainText = /^[!#-;=?-[\]_a-z~]+$/u;
/** A reversed domain and one slash, such as `com.example.app:/done` (RFC 8252, section 7.1). */
const privateUse = /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:\/(?!\/)/u;
const loopbackHosts: readonly string[] = ['127.0.0.1', '[::1]', 'localhost'];

/**
 * Whether an address may be registered as a redirect URI: `https`, `http` on this machine, or a private-use scheme with
 * a dot. That leaves out `javascript:`, `data:` and their kin (RFC 9700, section 4.1; RFC 8252, sections 7 and 8.4).
 *
 * @throws {Error} with the address and the reason. Options are checked at start-up, so a host reads it at once.
 */
export function checkRedirectUriRegistration(uri: string): void {
  const fault = faultOf(uri);
  if (fault !== undefined) throw new Error(`The redirect URI ${JSON.stringify(uri)} cannot be registered: ${fault}.`);
}

function faultOf(uri: string): string | undefined {
  // A fragment would swallow the answer (RFC 6749, section 3.1.2).
  if (uri.includes('#')) return 'it has a fragment';
  if (uri.includes('*')) return 'it has a wildcard, and addresses are compared character for character';
  if (!plainText.test(uri) || !URL.canParse(uri)) return 'it is not an absolute URI in plain ASCII';
  if (privateUse.test(uri)) return undefined;
  return faultOfWebAddress(uri, new URL(uri));
}

function faultOfWebAddress(uri: string, { protocol, hostname, username, password }: URL): string | undefined {
  if (protocol !== 'https:' && protocol !== 'http:') return 'its scheme is neither https nor a private one with a dot and one slash';
  if (!uri.startsWith(`${protocol}//`)) return 'its scheme is not written in small letters with two slashes';
  if (username !== '' || password !== '') return 'it has a user name or password';
  if (protocol === 'http:' && !loopbackHosts.includes(hostname)) return 'it is http and not on this machine';
  return undefined;
}
