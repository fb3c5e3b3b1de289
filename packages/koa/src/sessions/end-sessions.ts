import type { FlowId, SessionId, UserId } from '../model/ids.ts';
import { closeSession } from './close-session.ts';
import type { SessionDeps } from './open-session.ts';

/** What stays of whoever asks for it. */
interface Kept {
  readonly session?: SessionId | undefined;
  readonly flow?: FlowId;
}

/**
 * Signs a user out everywhere: sessions, grants, and the flows in which somebody is half-way in as them. No device spares them
 * the second factor from then on: whoever is in doubt about one has to show both factors there. Inside a transaction, to be
 * all or nothing; a session that is opened at the same moment is seen, or its flow sees this.
 */
export async function endSessions(userId: UserId, deps: Pick<SessionDeps, 'store' | 'clock'>, kept: Kept = {}): Promise<void> {
  const { store, clock } = deps;
  await store.users.lock(userId);
  for (const session of await store.sessions.listOf(userId, clock.now())) if (session.id !== kept.session) await closeSession(session, deps);
  // Those of sessions that are only past (`offline_access`), and of the one that stays: it gets new ones without a word.
  await store.grants.revokeAllOf(userId, clock.now());
  await store.flows.removeOf(userId, kept.flow);
  await store.devices.distrustAllOf(userId);
}
