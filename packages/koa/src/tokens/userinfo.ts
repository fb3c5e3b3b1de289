import type { StandardClaims } from '@portico/contract';
import { OAuthError } from '../model/oauth-error.ts';
import type { User } from '../model/user.ts';
import type { TokenDeps } from './token-deps.ts';
import { claimNamesOf, userClaims } from './user-claims.ts';
import { verifyOwnAccessToken, type OwnAccessToken } from './verify-own-access-token.ts';

export type Userinfo = StandardClaims & { readonly sub: string; readonly new_user?: boolean };

/**
 * What an access token may know of its user (OpenID Connect Core, section 5.3): by scope, and by the `claims` parameter.
 * Unlike an API, we see at once when a grant was revoked or a session closed.
 *
 * @throws {OAuthError} `invalid_token`, or `insufficient_scope` without the scope `openid`.
 */
export async function readUserinfo(accessToken: string, deps: TokenDeps): Promise<Userinfo> {
  const token = await verifyOwnAccessToken(accessToken, deps);
  const user = token === undefined ? undefined : await findUser(token, deps);
  if (token === undefined || user === undefined) throw new OAuthError('invalid_token', 'the access token is not valid');
  if (!token.scopes.includes('openid')) throw new OAuthError('insufficient_scope', 'the scope openid is needed');
  const asked = [...claimNamesOf(token.scopes), ...Object.keys(token.grant.claims.userinfo)];
  return { ...userClaims(user, token.grant, asked), sub: user.id };
}

async function findUser({ grant, scopes }: OwnAccessToken, { store, clock }: TokenDeps): Promise<User | undefined> {
  if (grant.revokedAt !== undefined) return undefined;
  // A closed session has revoked its grants. One that is merely past ends what was not meant to outlive it.
  const isOffline = scopes.includes('offline_access');
  if (!isOffline && (await store.sessions.find(grant.sessionId, clock.now())) === undefined) return undefined;
  const user = await store.users.find(grant.userId);
  return user?.status === 'active' ? user : undefined;
}
