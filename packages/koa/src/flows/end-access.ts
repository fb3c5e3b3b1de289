import type { FlowId, UserId } from '../model/ids.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import type { FlowDeps } from './flow-deps.ts';

/** Ends what anybody has by a password that is no more: sessions, grants, and all flows but one. In the transaction that replaces it. */
export async function endAccess(userId: UserId, kept: FlowId | undefined, { store, clock }: Pick<FlowDeps, 'store' | 'clock'>): Promise<void> {
  await endSessions(userId, { store, clock });
  await store.grants.revokeAllOf(userId, clock.now());
  await store.flows.removeOthersOf(userId, kept ?? ('' as FlowId));
}
