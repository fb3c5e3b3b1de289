import { AuthError } from '../model/auth-error.ts';
import type { SessionId } from '../model/ids.ts';
import { closeSession } from '../sessions/close-session.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import type { Handler } from './http-deps.ts';
import { ownSession } from './own-session.ts';

/** `GET /account/v1/sessions`: where this user is signed in. */
export const listSessions: Handler = async (ctx, deps) => {
  const own = await ownSession(ctx, deps);
  const sessions = await deps.store.sessions.listOf(own.userId, deps.clock.now());
  ctx.body = {
    sessions: sessions.map(({ id, origin, createdAt, lastUsedAt, expiresAt }) => ({
      id,
      is_current: id === own.id,
      browser: origin.browser,
      address: origin.address,
      ...(origin.place === undefined ? {} : { place: origin.place }),
      created_at: createdAt.toISOString(),
      last_used_at: lastUsedAt.toISOString(),
      expires_at: expiresAt.toISOString(),
    })),
  };
};

/** `DELETE /account/v1/sessions/{id}`: ends one of them, and every token that was issued under it. */
export const deleteSession: Handler = async (ctx, deps) => {
  const own = await ownSession(ctx, deps);
  const id = String(ctx['params']?.id) as SessionId;
  const session = await deps.store.sessions.find(id, deps.clock.now());
  // Somebody else's session is no session that there is.
  if (session === undefined || session.userId !== own.userId) throw new AuthError('not_found');
  await closeSession(session, deps);
  if (id === own.id) deps.cookies.clearSession(ctx);
  ctx.status = 204;
};

/** `DELETE /account/v1/sessions`: signs this user out everywhere, here too. All of it, or nothing. */
export const deleteSessions: Handler = async (ctx, deps) => {
  const own = await ownSession(ctx, deps);
  await deps.store.transaction((store) => endSessions(own.userId, { ...deps, store }));
  deps.cookies.clearSession(ctx);
  ctx.status = 204;
};
