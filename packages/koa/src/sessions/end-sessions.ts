import type { FlowId, SessionId, UserId } from '../model/ids.ts';
import { closeSession } from './close-session.ts';
import type { SessionDeps } from './open-session.ts';

/** What stays: the session of whoever asks for it, and the flow that it is done in. */
interface Kept {
  readonly kept?: SessionId;
  readonly keptFlow?: FlowId | undefined;
}

/** None of them is called so. */
const noFlow = '' as FlowId;

/**
 * Signs a user out everywhere, and whoever is half-way in as them by what was proved before. No device spares them the
 * second factor from then on: whoever is in doubt about one has to show both factors there. Inside a transaction, to be all
 * or nothing.
 */
export async function endSessions(userId: UserId, { kept, keptFlow = noFlow, ...deps }: Pick<SessionDeps, 'store' | 'clock'> & Kept): Promise<void> {
  // Flows first: one that ends at this very moment has its session in the list by then, or does not end at all.
  await deps.store.flows.removeOthersOf(userId, keptFlow);
  const sessions = await deps.store.sessions.listOf(userId, deps.clock.now());
  for (const { id } of sessions) if (id !== kept) await closeSession(id, deps);
  // Those of sessions that are only past (`offline_access`), and of the one that stays: it gets new ones without a word.
  await deps.store.grants.revokeAllOf(userId, deps.clock.now());
  await deps.store.devices.distrustAllOf(userId);
}
