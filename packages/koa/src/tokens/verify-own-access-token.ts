import type { AccessTokenClaims } from '@portico/contract';
import type { Grant } from '../model/grant.ts';
import type { GrantId } from '../model/ids.ts';
import type { TokenDeps } from './token-deps.ts';
import { verifyToken } from './verify-token.ts';

/** The `jti` of an access token: it begins with its grant, so that we find that again without a table of tokens. */
export function jtiOf(grantId: GrantId, tokenId: string): string {
  return `${grantId}.${tokenId}`;
}

/** The grant that a `jti` begins with: to be compared with the other claims, for it may be a token's of an older issuer. */
export function grantIdOf(jti: string): GrantId {
  return jti.split('.')[0] as GrantId;
}

/** The claims of an access token of ours that is genuine and not past. `undefined` for whatever is none. */
export async function verifyAccessTokenClaims(token: string, deps: Pick<TokenDeps, 'signingKeys' | 'clock' | 'issuer'>): Promise<AccessTokenClaims | undefined> {
  const claims = await verifyToken(token, { typ: 'at+jwt', algorithms: ['ES256'], requiredClaims: ['jti', 'client_id', 'scope'] }, deps);
  // We alone sign with this `typ`, and only what `access-token-claims.ts` makes.
  return claims as AccessTokenClaims | undefined;
}

/** The grant that an access token came from, which may be revoked. `undefined` for whatever is none of ours, or is past. */
export async function findGrantOf(token: string, deps: TokenDeps): Promise<Grant | undefined> {
  const claims = await verifyAccessTokenClaims(token, deps);
  if (claims === undefined) return undefined;
  const grant = await deps.store.grants.find(grantIdOf(claims.jti));
  return grant !== undefined && isOf(claims, grant) ? grant : undefined;
}

/** Whether an access token was issued from this grant. */
export function isOf({ sub, client_id: clientId }: AccessTokenClaims, grant: Grant): boolean {
  return grant.userId === sub && grant.clientId === clientId;
}
