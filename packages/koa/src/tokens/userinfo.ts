import type { StandardClaims } from '@portico/contract';
import { OAuthError } from '../model/oauth-error.ts';
import { standingOf } from './standing-of.ts';
import type { TokenDeps } from './token-deps.ts';
import { claimNamesOf, userClaims } from './user-claims.ts';
import { verifyAccessTokenClaims } from './verify-own-access-token.ts';

export type Userinfo = StandardClaims & { readonly sub: string; readonly new_user?: boolean };

/**
 * What an access token may know of its user (OpenID Connect Core, section 5.3): by scope, and by the `claims` parameter.
 * Unlike an API, we see at once when a grant was revoked or a session closed.
 *
 * @throws {OAuthError} `invalid_token`, or `insufficient_scope` without the scope `openid`.
 */
export async function readUserinfo(accessToken: string, deps: TokenDeps): Promise<Userinfo> {
  const claims = await verifyAccessTokenClaims(accessToken, deps);
  const standing = claims === undefined ? undefined : await standingOf(claims, deps);
  if (claims === undefined || standing === undefined) throw new OAuthError('invalid_token', 'the access token is not valid');
  const { grant, user } = standing;
  const scopes = claims.scope.split(' ');
  if (!scopes.includes('openid')) throw new OAuthError('insufficient_scope', 'the scope openid is needed');
  const asked = [...claimNamesOf(scopes), ...Object.keys(grant.claims.userinfo)];
  return { ...userClaims(user, grant, asked), sub: user.id };
}
