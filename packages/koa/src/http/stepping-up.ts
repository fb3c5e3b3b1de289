import type { Context } from 'koa';
import { isRightUser } from '../authorize/satisfies-request.ts';
import { provableBy } from '../flows/first-question.ts';
import type { SteppingUp } from '../flows/start-step-up.ts';
import type { App } from '../model/app.ts';
import type { AccessRequest } from '../model/authorization-request.ts';
import type { Session } from '../model/session.ts';
import { findSession } from '../sessions/find-session.ts';
import type { HttpDeps } from './http-deps.ts';

interface Asked {
  readonly app: App;
  readonly request: AccessRequest | undefined;
  /** The session would do, or lacks only what its owner can show. */
  readonly goesOn: boolean;
}

/** Who is signed in in this browser, if they are whom the request is about and there is something to ask them for. */
export async function findSteppingUp(ctx: Context, { app, request, goesOn }: Asked, deps: HttpDeps): Promise<SteppingUp | undefined> {
  const session = await findSession(deps.cookies.readSession(ctx), deps);
  return session === undefined ? undefined : steppingUpIn(session, { app, request, goesOn }, deps);
}

/** The same of a session that is known already. */
export async function steppingUpIn(session: Session, { app, request, goesOn }: Asked, deps: HttpDeps): Promise<SteppingUp | undefined> {
  const user = await deps.store.users.find(session.userId);
  if (user === undefined || !isRightUser(session, request)) return undefined;
  if (!goesOn && (await provableBy(user, app, deps)).length === 0) return undefined;
  return { session, user, goesOn };
}
