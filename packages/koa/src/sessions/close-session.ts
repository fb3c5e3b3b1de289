import type { ClientId } from '../model/ids.ts';
import type { Session } from '../model/session.ts';
import type { SessionDeps } from './open-session.ts';

/** Ends a session and everything that was issued under it. Closing twice is no fault. */
export async function closeSession({ id, userId }: Pick<Session, 'id' | 'userId'>, { store, clock }: Pick<SessionDeps, 'store' | 'clock'>): Promise<void> {
  const now = clock.now();
  const wasOpen = await store.sessions.close(id, now);
  if (wasOpen) await store.audit.insert({ kind: 'session_closed', at: now, userId, sessionId: id });
}

/** The same of a backend's secret, if it is this client's: also where its user may no longer sign in. */
export async function closeBackendSession(secret: string, clientId: ClientId, deps: SessionDeps): Promise<void> {
  const session = await deps.store.sessions.findBySecret(deps.vault.digest('backend-session', secret), deps.clock.now());
  if (session?.clientId === clientId) await closeSession(session, deps);
}
