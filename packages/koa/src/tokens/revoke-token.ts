import type { Client } from '../model/app.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { revokeGrant } from './revoke-grant.ts';
import type { TokenDeps } from './token-deps.ts';
import { findGrantOf } from './verify-own-access-token.ts';

/**
 * Ends the grant of a token that its client gives back (RFC 7009, section 2.1): of a refresh token or an access token,
 * for whoever says that either is no longer safe means both. APIs that check access tokens by themselves notice when
 * they expire; `/userinfo` and `/token` notice at once.
 *
 * What is unknown, past or another client's is answered alike, and nothing happens (section 2.2). A type hint is only a
 * hint, so there is none here.
 */
export async function revokeToken(token: string | undefined, client: Client, deps: TokenDeps): Promise<void> {
  if (token === undefined) throw new OAuthError('invalid_request', 'token is missing');
  const refreshToken = await deps.store.refreshTokens.find(deps.vault.digest('refresh-token', token), client.id);
  const grant = refreshToken === undefined
    ? await findGrantOf(token, deps)
    : await deps.store.grants.find(refreshToken.grantId);
  if (grant?.clientId === client.id) await revokeGrant(grant, 'grant_revoked', deps);
}
