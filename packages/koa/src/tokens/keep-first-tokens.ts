import type { Client } from '../model/app.ts';
import type { Grant } from '../model/grant.ts';
import { hasRefreshTokens } from '../model/refresh-life.ts';
import { tokensIssued } from './issue-tokens.ts';
import { newRefreshToken } from './new-refresh-token.ts';
import type { TokenDeps } from './token-deps.ts';

/**
 * Stores what the first tokens of a grant rest on, in the transaction that makes or finds it; they are signed afterwards
 * (`issue-tokens.ts`).
 *
 * @returns the secret of the refresh token, where `offline_access` was granted
 */
export async function keepFirstTokens(grant: Grant, client: Client, deps: Pick<TokenDeps, 'store' | 'vault' | 'random' | 'clock'>): Promise<string | undefined> {
  const { store, clock } = deps;
  await store.audit.insert(tokensIssued(grant, client, clock.now()));
  if (!hasRefreshTokens(grant)) return undefined;
  const { secret, record } = newRefreshToken(grant, { client }, deps);
  await store.refreshTokens.insert(record);
  return secret;
}
