import type { Session } from '../model/session.ts';
import type { SessionDeps } from './open-session.ts';

/** A session slides at most once in so many seconds: a write for each read would wear the disk for nothing. */
const slideEverySeconds = 60;

/** The living session of a browser's secret, its idle lifetime pushed out. */
export async function findSession(secret: string | undefined, { store, vault, clock, sessionLife }: SessionDeps): Promise<Session | undefined> {
  if (secret === undefined) return undefined;
  const now = clock.now();
  const session = await store.sessions.findBySecret(vault.digest('session', secret), now);
  if (session === undefined) return undefined;
  const user = await store.users.find(session.userId);
  if (user === undefined || user.status !== 'active') return undefined;
  if (now.getTime() - session.lastUsedAt.getTime() < slideEverySeconds * 1_000) return session;
  const idleExpiresAt = new Date(now.getTime() + sessionLife.idleSeconds * 1_000);
  await store.sessions.touch(session.id, now, idleExpiresAt);
  return { ...session, lastUsedAt: now, idleExpiresAt };
}
