import type { UserId } from '../model/ids.ts';
import { closeSession } from './close-session.ts';
import type { SessionDeps } from './open-session.ts';

/**
 * Signs a user out everywhere. No device spares them the second factor from then on: whoever is in doubt about one has to
 * show both factors there. Inside a transaction, to be all or nothing.
 */
export async function endSessions(userId: UserId, deps: Pick<SessionDeps, 'store' | 'clock'>): Promise<void> {
  for (const { id } of await deps.store.sessions.listOf(userId, deps.clock.now())) await closeSession(id, deps);
  // Those of sessions that are only past (`offline_access`).
  await deps.store.grants.revokeAllOf(userId, deps.clock.now());
  await deps.store.devices.distrustAllOf(userId);
}
