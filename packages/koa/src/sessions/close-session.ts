import type { SessionId } from '../model/ids.ts';
import type { SessionDeps } from './open-session.ts';

/** Ends a session and everything that was issued under it. Closing twice is no fault. */
export async function closeSession(id: SessionId, { store, clock }: Pick<SessionDeps, 'store' | 'clock'>): Promise<void> {
  const now = clock.now();
  const wasOpen = await store.sessions.close(id, now);
  if (wasOpen) await store.audit.insert({ kind: 'session_closed', at: now, sessionId: id });
}
