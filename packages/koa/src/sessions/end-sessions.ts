import type { SessionId, UserId } from '../model/ids.ts';
import { closeSession } from './close-session.ts';
import type { SessionDeps } from './open-session.ts';

/**
 * Signs a user out everywhere. No device spares them the second factor from then on: whoever is in doubt about one has to
 * show both factors there. `kept` is the session of whoever asks for it. Inside a transaction, to be all or nothing.
 */
export async function endSessions(userId: UserId, { kept, ...deps }: Pick<SessionDeps, 'store' | 'clock'> & { readonly kept?: SessionId }): Promise<void> {
  const sessions = await deps.store.sessions.listOf(userId, deps.clock.now());
  for (const { id } of sessions) if (id !== kept) await closeSession(id, deps);
  // Those of sessions that are only past (`offline_access`), and of the one that stays: it gets new ones without a word.
  await deps.store.grants.revokeAllOf(userId, deps.clock.now());
  await deps.store.devices.distrustAllOf(userId);
}
