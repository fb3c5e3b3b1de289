import type { Context } from 'koa';
import { AuthError } from '../model/auth-error.ts';
import type { Session } from '../model/session.ts';
import { findSession } from '../sessions/find-session.ts';
import type { HttpDeps } from './http-deps.ts';

/** Whose cookie this is. @throws {AuthError} `unauthorized` */
export async function ownSession(ctx: Context, deps: HttpDeps): Promise<Session> {
  const session = await findSession(deps.cookies.readSession(ctx), deps);
  if (session === undefined) throw new AuthError('unauthorized');
  return session;
}
