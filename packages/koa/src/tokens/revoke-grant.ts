import type { AuditKind } from '../model/audit-event.ts';
import type { Grant } from '../model/grant.ts';
import type { TokenDeps } from './token-deps.ts';

/** Ends a grant and with it everything that was issued from it. `kind` says why. */
export async function revokeGrant(
  { id, userId, clientId, sessionId }: Grant,
  kind: Extract<AuditKind, 'code_replayed' | 'refresh_token_reused' | 'grant_revoked'>,
  { store, clock }: Pick<TokenDeps, 'store' | 'clock'>,
): Promise<void> {
  const at = clock.now();
  const wasAlive = await store.grants.revoke(id, at);
  if (wasAlive) await store.audit.insert({ kind, at, userId, clientId, sessionId });
}
