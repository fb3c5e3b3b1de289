import { hash } from 'node:crypto';
import type { Client } from '../model/app.ts';
import type { CodeClaim, Granted } from '../model/grant.ts';
import { OAuthError } from '../model/oauth-error.ts';
import type { Store } from '../ports/store.ts';
import { issueTokens, type TokenSet } from './issue-tokens.ts';
import { keepFirstTokens } from './keep-first-tokens.ts';
import { narrowGrant, type Narrowed, type Narrowing } from './narrow-grant.ts';
import { revokeGrant } from './revoke-grant.ts';
import { isGood } from './standing-of.ts';
import type { TokenDeps } from './token-deps.ts';

/** What a client sends for a code (RFC 6749, section 4.1.3; RFC 7636, section 4.5). It has no scope: that was settled before. */
export interface CodeExchange extends Pick<Narrowing, 'resources'> {
  readonly code?: string | undefined;
  readonly redirectUri?: string | undefined;
  readonly pkceVerifier?: string | undefined;
}

/**
 * Exchanges an authorization code for tokens, once. Client, redirect URI and verifier are part of the one write that
 * spends the code, so whoever has the code but not the verifier can neither use nor void it.
 *
 * @throws {OAuthError} `invalid_grant` if the code is unknown, past, spent or another's; a replay in which everything
 * else is right also revokes what was issued (RFC 6749, section 4.1.2; RFC 9700, section 2.1.1).
 */
export async function exchangeCode(exchange: CodeExchange, client: Client, deps: TokenDeps): Promise<TokenSet> {
  const claim = claimOf(exchange, client, deps);
  const claimed = await deps.store.transaction((inside) => spendCode({ claim, client, exchange }, inside, deps));
  if (claimed === undefined) {
    await endReplayedGrant(claim, deps);
    throw refused();
  }
  return issueTokens({ ...claimed, client, nonce: claimed.grant.nonce }, deps);
}

function claimOf({ code, redirectUri, pkceVerifier }: CodeExchange, client: Client, { vault }: TokenDeps): CodeClaim {
  if (code === undefined) throw new OAuthError('invalid_request', 'code is missing');
  if (redirectUri === undefined) throw new OAuthError('invalid_request', 'redirect_uri is missing');
  const digest = vault.digest('authorization-code', code);
  return { digest, clientId: client.id, redirectUri, ...(pkceVerifier === undefined ? {} : { pkceChallenge: challengeOf(pkceVerifier) }) };
}

/** S256 (RFC 7636, sections 4.1 and 4.6). */
function challengeOf(verifier: string): string {
  if (!/^[A-Za-z0-9._~-]{43,128}$/u.test(verifier)) {
    throw new OAuthError('invalid_grant', 'code_verifier must be 43 to 128 unreserved characters');
  }
  return hash('sha256', verifier, 'base64url');
}

interface SpentCode extends Narrowed, Granted {}

/** Whoever throws in here leaves the code unspent. */
async function spendCode(
  { claim, client, exchange }: { readonly claim: CodeClaim; readonly client: Client; readonly exchange: CodeExchange },
  store: Store,
  deps: TokenDeps,
): Promise<SpentCode | undefined> {
  const now = deps.clock.now();
  if (!(await store.authorizationCodes.claim(claim, now))) return undefined;
  const standing = await store.grants.findStandingOfCode(claim.digest, now);
  // The session may have been closed, or the user suspended, in the minute since.
  if (standing === undefined || !isGood(standing) || !standing.isSessionAlive) throw refused();
  const { grant, user } = standing;
  const narrowed = narrowGrant(grant, client, { resources: exchange.resources });
  return { grant, user, ...narrowed, refreshToken: await keepFirstTokens(grant, client, { ...deps, store }) };
}

/** Two parties had the code, and we cannot tell which was the thief. */
async function endReplayedGrant(claim: CodeClaim, deps: TokenDeps): Promise<void> {
  const replayed = await deps.store.authorizationCodes.findSpent(claim);
  const grant = replayed === undefined ? undefined : await deps.store.grants.find(replayed.grantId);
  if (grant !== undefined) await revokeGrant(grant, 'code_replayed', deps);
}

function refused(): OAuthError {
  return new OAuthError('invalid_grant', 'the code is unknown, expired, spent, or was issued for something else');
}
