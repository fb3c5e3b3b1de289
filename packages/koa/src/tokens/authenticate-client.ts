import type { Client } from '../model/app.ts';
import type { ClientId, Digest } from '../model/ids.ts';
import { OAuthError } from '../model/oauth-error.ts';
import type { Vault } from '../ports/vault.ts';
import { readClientCredentials, type ClientRequest } from './read-client-credentials.ts';
import type { TokenDeps } from './token-deps.ts';

/** Secrets of one client that are good at the same time. */
const mostSecrets = 2;

/**
 * The client that makes a request, authenticated in the way that it registered and no other (RFC 6749, section 2.3).
 * Naming a public client proves nothing; it says whose codes and tokens may be used.
 *
 * @throws {OAuthError} `invalid_client`, the same for an unknown client and a wrong secret, after the same work;
 * `invalid_request` for two methods at once.
 */
export async function authenticateClient(request: ClientRequest, { store, vault }: Pick<TokenDeps, 'store' | 'vault'>): Promise<Client> {
  const { method, clientId, secret } = readClientCredentials(request);
  const client = await store.clients.find(clientId as ClientId);
  const isSecretRight = matchesOne(secret ?? '', client?.secretDigests ?? [], vault);
  const isAllowed = client?.authentication.includes(method) === true && client.isPublic === (method === 'none');
  if (client === undefined || !isAllowed || (method !== 'none' && !isSecretRight)) {
    throw new OAuthError('invalid_client', 'client authentication failed');
  }
  return client;
}

/** Always compares as often: with the digest of nothing, which is no secret, where there is none. */
function matchesOne(secret: string, digests: readonly Digest[], vault: Vault): boolean {
  const sent = vault.digest('client-secret', secret);
  const nothing = vault.digest('client-secret', '');
  const results = Array.from({ length: mostSecrets }, (_, index) => vault.matches(sent, digests[index] ?? nothing));
  return secret !== '' && results.includes(true);
}
