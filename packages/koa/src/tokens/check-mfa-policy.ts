import { isBelowPolicy } from '../mfa/is-below-policy.ts';
import type { Client } from '../model/app.ts';
import type { Grant } from '../model/grant.ts';
import { OAuthError } from '../model/oauth-error.ts';
import type { TokenDeps } from './token-deps.ts';

/**
 * A grant from before the app's policy, or from before its user had a second factor, is as a session is: its client has
 * to come again with the person. The token stays what it was, should the policy be loosened.
 *
 * @throws {OAuthError} `invalid_grant`
 */
export async function checkMfaPolicy(grant: Grant, client: Client, deps: TokenDeps): Promise<void> {
  if (grant.amr.includes('mfa')) return;
  const app = await deps.store.apps.find(client.appId);
  const usedPasskey = grant.amr.includes('hwk') || grant.amr.includes('swk');
  const proofs = usedPasskey ? [{ method: 'passkey', isMultiFactor: false } as const] : [];
  if (app === undefined || (await isBelowPolicy({ ...grant, proofs, app }, deps))) throw new OAuthError('invalid_grant', 'the app asks for a second factor by now');
}
