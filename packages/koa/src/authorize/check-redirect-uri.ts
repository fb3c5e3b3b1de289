import type { Client } from '../model/app.ts';
import { AuthError } from '../model/auth-error.ts';
import type { Brand } from '../model/ids.ts';

/** An address that this client registered. Only `checkRedirectUri` makes one, and only such an address is answered to. */
export type RegisteredRedirectUri = Brand<string, 'RegisteredRedirectUri'>;

/** `http`, a loopback address as a literal, a port, and the rest. `localhost` is no literal: it may resolve elsewhere. */
const loopback = /^http:\/\/(?<host>127\.0\.0\.1|\[::1\])(?::(?<port>[1-9]\d{0,4}))?(?<rest>(?:[/?].*)?)$/u;
const highestPort = 65_535;

/**
 * Equal to a registered one, character for character (RFC 9700, section 2.1). The text is compared and never parsed,
 * decoded or folded: what two parsers understand differently is where redirects go astray. Only the port of a loopback
 * address may differ, for a native app takes the one that is free (RFC 8252, section 7.3).
 *
 * @throws {AuthError} `redirect_uri_unregistered`: it ends on our own page, never in a redirect
 * (RFC 6749, section 4.1.2.1). Also if it is missing (OpenID Connect Core, section 3.1.2.1) or came twice.
 */
export function checkRedirectUri(sent: string | readonly string[] | undefined, client: Client): RegisteredRedirectUri {
  const uri = typeof sent === 'object' && sent.length === 1 ? sent[0] : sent;
  if (typeof uri !== 'string') throw new AuthError('redirect_uri_unregistered');
  if (!client.redirectUris.some((registered) => registered === uri || differsByPort(registered, uri))) {
    throw new AuthError('redirect_uri_unregistered');
  }
  return uri as RegisteredRedirectUri;
}

function differsByPort(registered: string, uri: string): boolean {
  const ours = loopback.exec(registered)?.groups;
  const theirs = loopback.exec(uri)?.groups;
  if (ours === undefined || theirs === undefined) return false;
  return ours['host'] === theirs['host'] && ours['rest'] === theirs['rest'] && Number(theirs['port'] ?? 80) <= highestPort;
}
