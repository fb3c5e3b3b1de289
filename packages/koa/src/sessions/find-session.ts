import type { ClientId } from '../model/ids.ts';
import type { Session } from '../model/session.ts';
import type { SessionDeps } from './open-session.ts';

/** A session slides at most once in so many seconds: a write for each read would wear the disk for nothing. */
const slideEverySeconds = 60;

/** The living session of a browser's secret, its idle lifetime pushed out. */
export async function findSession(secret: string | undefined, deps: SessionDeps): Promise<Session | undefined> {
  if (secret === undefined) return undefined;
  const session = await deps.store.sessions.findBySecret(deps.vault.digest('session', secret), deps.clock.now());
  return session?.clientId === undefined ? inUse(session, deps) : undefined;
}

/** The same of a backend's secret, for the client that it was given to and no other. */
export async function findBackendSession(secret: string, clientId: ClientId, deps: SessionDeps): Promise<Session | undefined> {
  const session = await deps.store.sessions.findBySecret(deps.vault.digest('backend-session', secret), deps.clock.now());
  return session?.clientId === clientId ? inUse(session, deps) : undefined;
}

async function inUse(session: Session | undefined, { store, clock, sessionLife }: SessionDeps): Promise<Session | undefined> {
  if (session === undefined) return undefined;
  const now = clock.now();
  const user = await store.users.find(session.userId);
  if (user === undefined || user.status !== 'active') return undefined;
  if (now.getTime() - session.lastUsedAt.getTime() < slideEverySeconds * 1_000) return session;
  const idleExpiresAt = new Date(now.getTime() + sessionLife.idleSeconds * 1_000);
  await store.sessions.touch(session.id, now, idleExpiresAt);
  return { ...session, lastUsedAt: now, idleExpiresAt };
}
