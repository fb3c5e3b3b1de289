/**
 * Rotation of refresh tokens.
 *
 * Owns: the exchange of one token for the next.
 * Does not own: who the client is (authenticate-client.ts), what a spent token means (answer-reuse.ts), what is in the
 * new tokens (issue-tokens.ts).
 */
import type { Client } from '../model/app.ts';
import type { Grant, GrantStanding, RefreshToken } from '../model/grant.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { answerReuse } from './answer-reuse.ts';
import { checkMfaPolicy } from './check-mfa-policy.ts';
import { issueTokens, tokensIssued, type TokenSet } from './issue-tokens.ts';
import { narrowGrant, type Narrowed, type Narrowing } from './narrow-grant.ts';
import { newRefreshToken } from './new-refresh-token.ts';
import { sealSuccessor } from './sealed-successor.ts';
import { isGood } from './standing-of.ts';
import type { TokenDeps } from './token-deps.ts';

/** What a client sends with a refresh token (RFC 6749, section 6; RFC 8707, section 2.2). */
export interface RefreshExchange extends Narrowing {
  readonly refreshToken?: string | undefined;
}

/**
 * Exchanges a refresh token for the next one and a fresh access token, for clients of every kind (RFC 9700, section
 * 4.14.2).
 *
 * @throws {OAuthError} `invalid_grant` if it is unknown, past, revoked or another client's. One that was spent ends the
 * whole family, unless it is the direct parent that comes again within seconds.
 */
export async function exchangeRefreshToken(exchange: RefreshExchange, client: Client, deps: TokenDeps): Promise<TokenSet> {
  if (exchange.refreshToken === undefined) throw new OAuthError('invalid_request', 'refresh_token is missing');
  const digest = deps.vault.digest('refresh-token', exchange.refreshToken);
  const token = await findLiving(digest, client, deps);
  const { grant, user } = await findGranted(token, deps);
  await checkMfaPolicy(grant, client, deps);
  const narrowed = narrowGrant(grant, client, exchange);
  const refreshToken =
    (await rotate(token, { grant, client, narrowed }, deps)) ?? (await giveAgain(digest, { grant, client, narrowed }, deps));
  return issueTokens({ grant, client, user, ...narrowed, refreshToken }, deps);
}

/** Another client's token is not found at all, so that nobody ends a family that is not theirs. */
async function findLiving(digest: RefreshToken['digest'], client: Client, { store, clock }: TokenDeps): Promise<RefreshToken> {
  const token = await store.refreshTokens.find(digest, client.id);
  if (token === undefined || token.expiresAt.getTime() <= clock.now().getTime()) throw refused();
  return token;
}

/** Its session may be past: what was granted offline outlives it. */
async function findGranted(token: RefreshToken, { store, clock }: TokenDeps): Promise<GrantStanding> {
  const standing = await store.grants.findStanding(token.grantId, clock.now());
  if (standing === undefined || !isGood(standing)) throw refused();
  return standing;
}

interface Refreshing {
  readonly grant: Grant;
  readonly client: Client;
  readonly narrowed: Narrowed;
}

/** The next token, if this one was unspent until now. */
async function rotate(
  token: RefreshToken, { grant, client, narrowed }: Refreshing, deps: TokenDeps,
): Promise<string | undefined> {
  const { secret, record } = newRefreshToken(grant, { client, parent: token }, deps);
  // Its whole life may be over although this token was not idle: a client's settings can have become stricter.
  if (record.expiresAt.getTime() <= record.createdAt.getTime()) throw refused();
  const sealed = sealSuccessor(token, { secret, ...narrowed }, deps.vault);
  return deps.store.transaction(async ({ refreshTokens, audit }) => {
    if (!(await refreshTokens.rotate(token.digest, { ...record, sealed }, record.createdAt))) return undefined;
    await audit.insert(tokensIssued(grant, client, record.createdAt));
    return secret;
  });
}

/** The token that its first use gave, where that answer may have been lost. */
async function giveAgain(digest: RefreshToken['digest'], { grant, client, narrowed }: Refreshing, deps: TokenDeps): Promise<string> {
  const secret = await answerReuse(await findLiving(digest, client, deps), { grant, narrowed }, deps);
  await deps.store.audit.insert(tokensIssued(grant, client, deps.clock.now()));
  return secret;
}

function refused(): OAuthError {
  return new OAuthError('invalid_grant', 'the refresh token is unknown, expired, revoked, or was issued to another client');
}
