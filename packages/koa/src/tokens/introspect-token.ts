/**
 * What a token is worth at this moment (RFC 7662).
 *
 * Owns: who may ask about which token, and what is said of it. It only looks: nothing is spent, and a token that was
 * spent counts as no reuse.
 * Does not own: who the caller is (authenticate-client.ts), what makes an access token genuine (verify-token.ts).
 */
import type { AccessTokenClaims } from '@portico/contract';
import type { Client } from '../model/app.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { isGood, standingOf } from './standing-of.ts';
import type { TokenDeps } from './token-deps.ts';
import { verifyAccessTokenClaims } from './verify-own-access-token.ts';

/** An access token says of itself what it carries, which its holder can read anyway. */
type ActiveAccessToken = AccessTokenClaims & { readonly active: true; readonly token_type: 'Bearer' };

/** No `token_type` and no `aud`: it opens nothing but `/token`, and an API that looks at either does not take it. */
type ActiveRefreshToken = Omit<AccessTokenClaims, 'aud' | 'jti'> & { readonly active: true };

/** RFC 7662, section 2.2. Of a token that is not good, or not the caller's affair, nothing but that. */
export type Introspection = ActiveAccessToken | ActiveRefreshToken | { readonly active: false };

/**
 * Says whether a token is good now and what it carries: to the client it was issued to, and of an access token to every
 * client that has registered one of its audiences, which is how an API asks (RFC 7662, section 4). Good is what `/token`
 * or `/userinfo` would take: not past, its grant not revoked, its user active, its session alive where it must be.
 *
 * A type hint is only a hint, and the two kinds are told apart without it.
 *
 * @throws {OAuthError} `invalid_client` for a public client, which proves nothing of itself; `invalid_request` without a
 * token.
 */
export async function introspectToken(token: string | undefined, client: Client, deps: TokenDeps): Promise<Introspection> {
  if (client.isPublic) throw new OAuthError('invalid_client', 'a public client cannot introspect tokens');
  if (token === undefined) throw new OAuthError('invalid_request', 'token is missing');
  // A JWT has dots and a secret of ours has none: nothing is looked for where it cannot be.
  const found = token.includes('.') ? await readAccessToken(token, client, deps) : await readRefreshToken(token, client, deps);
  return found ?? { active: false };
}

/** One signature and one read, and the read only if the caller may know. */
async function readAccessToken(token: string, client: Client, deps: TokenDeps): Promise<ActiveAccessToken | undefined> {
  const claims = await verifyAccessTokenClaims(token, deps);
  if (claims === undefined || !mayKnow(client, claims, deps.issuer)) return undefined;
  if ((await standingOf(claims, deps)) === undefined) return undefined;
  return { ...claims, active: true, token_type: 'Bearer' };
}

function mayKnow(client: Client, { client_id: clientId, aud }: AccessTokenClaims, issuer: string): boolean {
  if (clientId === client.id) return true;
  // A token for ourselves is for no API, even if a client has registered our address as one.
  const audiences = [aud].flat().filter((audience) => audience !== issuer);
  return client.resources.some(({ uri }) => audiences.includes(uri));
}

/** Another client's is not found at all. */
async function readRefreshToken(token: string, client: Client, deps: TokenDeps): Promise<ActiveRefreshToken | undefined> {
  const { store, vault, clock, issuer } = deps;
  const now = clock.now();
  const record = await store.refreshTokens.find(vault.digest('refresh-token', token), client.id);
  if (record === undefined || record.spentAt !== undefined) return undefined;
  const standing = await store.grants.findStanding(record.grantId, now);
  if (standing === undefined || !isGood(standing)) return undefined;
  const { grant } = standing;
  // What is asked is what `/token` would do: a client's settings can have become stricter.
  const expiresAt = Math.min(record.expiresAt.getTime(), grant.createdAt.getTime() + client.refreshTokenSeconds * 1_000);
  const scopes = grant.scopes.filter((word) => client.scopes.includes(word));
  if (expiresAt <= now.getTime() || scopes.length === 0) return undefined;
  return {
    active: true,
    iss: issuer,
    sub: grant.userId,
    client_id: grant.clientId,
    scope: scopes.join(' '),
    exp: inSeconds(expiresAt),
    iat: inSeconds(record.createdAt.getTime()),
    auth_time: inSeconds(grant.authenticatedAt.getTime()),
    acr: grant.acr,
    amr: grant.amr,
    sid: grant.sessionId,
  };
}

function inSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1_000);
}
