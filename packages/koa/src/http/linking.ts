import type { Context } from 'koa';
import { isRightUser } from '../authorize/satisfies-request.ts';
import { provableAt, provableBy } from '../flows/first-question.ts';
import type { SteppingUp } from '../flows/start-step-up.ts';
import type { App } from '../model/app.ts';
import { AuthError } from '../model/auth-error.ts';
import type { AccessRequest } from '../model/authorization-request.ts';
import type { User } from '../model/user.ts';
import { isRecent } from '../sessions/recent-proof.ts';
import type { HttpDeps } from './http-deps.ts';
import { ownSession } from './own-session.ts';

/**
 * Who is signed in in this browser, to add an account at a provider to theirs. Nobody else is let in on the way: who meant to
 * add an account of theirs, and signed in with it instead, would have two.
 *
 * @throws {AuthError} `unauthorized` for whoever is not signed in, is not whom the request is about, or can show nothing here
 * that is fresh: they sign in first. `method_disabled` where the app has no provider on.
 */
export async function findLinking(ctx: Context, { app, request }: { readonly app: App; readonly request: AccessRequest | undefined }, deps: HttpDeps): Promise<Omit<SteppingUp, 'goesOn'>> {
  const session = await ownSession(ctx, deps);
  const user = await deps.store.users.find(session.userId);
  if (user === undefined || !isRightUser(session, request)) throw new AuthError('unauthorized');
  if (!isRecent(session, deps.clock.now()) && !(await isProvable(user, app, deps))) throw new AuthError('unauthorized');
  if (deps.social.providersOf(app).length === 0) throw new AuthError('method_disabled');
  return { session, user };
}

/** Whether there is anything to ask them for. */
async function isProvable(user: User, app: App, deps: HttpDeps): Promise<boolean> {
  return (await provableBy(user, app, deps)).length > 0 || (await provableAt(user, app, deps)).length > 0;
}
