/**
 * Another username, of somebody who is signed in.
 *
 * Owns: what vouches for them, and that their owner is told. Does not own: what a name may be and how often one is asked for
 * (choose-username.ts), names that the host gives (set-username.ts), the route.
 */
import { checkOwnerIsHere } from '../mfa/check-owner-is-here.ts';
import type { App } from '../model/app.ts';
import { AuthError } from '../model/auth-error.ts';
import type { Origin } from '../model/flow.ts';
import type { Session } from '../model/session.ts';
import type { UsernameIdentifier } from '../model/user.ts';
import { checkRecentProof } from '../sessions/recent-proof.ts';
import type { Fault } from './action.ts';
import { judgeUsername, usernameTaken } from './choose-username.ts';
import type { FlowDeps } from './flow-deps.ts';

/** Who wants it, and on whose page. */
export interface UsernameAsker {
  readonly session: Session;
  readonly app: App;
  readonly origin: Origin;
  readonly language: string;
}

/**
 * Where people choose their names, they choose another: with a proof of the last ten minutes, and with the second factor that
 * they have, for a name leads into an account. The one before is anybody's from then on.
 *
 * @throws {AuthError} `method_disabled`, `reauthentication_required`, `username_malformed`, `username_taken`, `rate_limited`
 */
export async function changeOwnUsername(asker: UsernameAsker, typed: string, deps: Pick<FlowDeps, 'store' | 'vault' | 'clock' | 'tellUsernameChanged'>): Promise<UsernameIdentifier> {
  const { session, app, origin } = asker;
  const { isOn, atSignUp } = app.preferences.username;
  if (!isOn || atSignUp === 'no') throw new AuthError('method_disabled');
  const user = await deps.store.users.find(session.userId);
  if (user?.status !== 'active') throw new AuthError('unauthorized');
  checkRecentProof(session, deps);
  await checkOwnerIsHere(session, await deps.store.apps.list(), deps.store);
  const { username, fault } = await judgeUsername({ typed, user, app, address: origin.address }, deps);
  if (fault !== undefined) throw refusal(fault);
  // Nobody is told of what is as it was.
  if (user.username?.typed !== username.typed) await keep(asker, username, deps);
  return username;
}

function keep({ session, app, origin, language }: UsernameAsker, username: UsernameIdentifier, deps: Pick<FlowDeps, 'store' | 'clock' | 'tellUsernameChanged'>): Promise<void> {
  return deps.store.transaction(async (store) => {
    await store.users.lock(session.userId);
    // A second factor that was set up elsewhere meanwhile comes first.
    await checkOwnerIsHere(session, await store.apps.list(), store);
    const user = await store.users.find(session.userId);
    if (user?.status !== 'active') throw new AuthError('unauthorized');
    const now = deps.clock.now();
    if (!(await store.users.setUsername(user.id, username, now))) throw refusal(usernameTaken);
    await store.audit.insert({ kind: 'username_set', at: now, userId: user.id, appId: app.id, sessionId: session.id, address: origin.address });
    await deps.tellUsernameChanged(user, { app, flow: { origin, language } }, store);
  });
}

function refusal({ code, field, retryAfterSeconds }: Fault): AuthError {
  return new AuthError(code, { ...(field === undefined ? {} : { fields: [{ path: field, code }] }), ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) });
}
