import type { Grant } from '../model/grant.ts';
import type { GrantId } from '../model/ids.ts';
import type { TokenDeps } from './token-deps.ts';
import { verifyToken } from './verify-token.ts';

/** An access token of ours that is genuine and not past, and the grant that it came from, which may be revoked. */
export interface OwnAccessToken {
  readonly grant: Grant;
  readonly scopes: readonly string[];
}

/** The `jti` of an access token: it begins with its grant, so that we find that again without a table of tokens. */
export function jtiOf(grantId: GrantId, tokenId: string): string {
  return `${grantId}.${tokenId}`;
}

/** `undefined` for whatever is not an access token of ours, or is past. */
export async function verifyOwnAccessToken(token: string, deps: TokenDeps): Promise<OwnAccessToken | undefined> {
  const claims = await verifyToken(token, { typ: 'at+jwt', algorithms: ['ES256'], requiredClaims: ['jti', 'client_id', 'scope'] }, deps);
  if (claims?.jti === undefined) return undefined;
  const { client_id: clientId, scope } = claims;
  const grant = await deps.store.grants.find(claims.jti.split('.')[0] as GrantId);
  if (grant === undefined || grant.userId !== claims.sub || grant.clientId !== clientId) return undefined;
  return { grant, scopes: typeof scope === 'string' ? scope.split(' ') : [] };
}
