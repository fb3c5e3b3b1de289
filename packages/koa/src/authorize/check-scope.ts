import type { Client } from '../model/app.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { readParameter, wordsOf, type Parameters, type Part } from './parameters.ts';

/** What a request without `scope` asks for (RFC 6749, section 3.3, lets a server choose a default). */
const defaultScope = 'openid';

/**
 * What was asked for and the client may have. Words that are unknown, or not the client's, are passed over
 * (OpenID Connect Core, section 3.1.2.1); the token response names the scope that was granted.
 *
 * `offline_access` is granted to a client that is registered for it: that registration is the other condition that
 * OpenID Connect Core, section 11 allows in place of `prompt=consent`.
 */
export function checkScope(parameters: Parameters, client: Client): Part<'scopes'> {
  const asked = wordsOf(readParameter(parameters, 'scope') ?? defaultScope);
  const scopes = asked.filter((word) => client.scopes.includes(word));
  if (scopes.length === 0) throw new OAuthError('invalid_scope', 'scope names nothing that this client is registered for');
  return { scopes };
}
