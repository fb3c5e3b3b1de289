/**
 * A new password, of somebody who is signed in.
 *
 * Owns: what vouches for them beside the session, and what ends with the old one. Does not own: the rules
 * (methods/password), the route.
 */
import { recoveryMessages } from '@portico/contract';
import type { FlowDeps } from './flow-deps.ts';
import { isByMessage, isMultiFactor } from '../mfa/channels.ts';
import { checkOwnerIsHere } from '../mfa/check-owner-is-here.ts';
import { isBelowPolicy } from '../mfa/is-below-policy.ts';
import type { OwnerContext } from '../methods/password/judge-password.ts';
import { AuthError } from '../model/auth-error.ts';
import type { App, Client } from '../model/app.ts';
import type { Origin } from '../model/flow.ts';
import type { Password } from '../model/password.ts';
import type { Session } from '../model/session.ts';
import type { Proof } from '../model/proof.ts';
import { replacesPassword } from '../model/replaceable-by.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { checkRecentProof, isRecent } from '../sessions/recent-proof.ts';
import { secondsUntil } from '../model/seconds-until.ts';

/** Who wants it, and on the page of which client. */
export interface PasswordAsker {
  readonly session: Session;
  readonly app: App;
  readonly client: Client;
  readonly origin: Origin;
  readonly language: string;
}

/** What was typed. */
export interface OwnPasswordChange {
  readonly current: string | undefined;
  readonly wanted: string;
}

/** What it takes to change one. */
export type ChangeDeps = Pick<FlowDeps, 'store' | 'clock' | 'password' | 'tellPasswordSet'>;

/**
 * Whoever knows the current password may change it; otherwise whoever has proved a moment ago who they are, by what replaces a forgotten one. A session that
 * has less than the app's policy asks for, or than another app asks of whoever has a second factor, changes nothing. All other sessions end, with all that was issued.
 *
 * @throws {AuthError} `method_disabled`, `reauthentication_required`, `password_wrong`, `too_many_attempts`, `password_refused`,
 * `rate_limited`, `flow_busy` where somebody else was faster
 */
export async function changeOwnPassword(asker: PasswordAsker, { current, wanted }: OwnPasswordChange, deps: ChangeDeps): Promise<void> {
  const { session, app, origin, language } = asker;
  const context = await ownerOf(asker, deps);
  const { user } = context;
  if (await isBelowPolicy({ userId: user.id, proofs: session.proofs, app, deviceId: session.deviceId }, deps)) throw new AuthError('reauthentication_required');
  await checkOwnerIsHere(session, await deps.store.apps.list(), deps.store);
  const seen = await deps.store.passwords.find(user.id);
  if (current === undefined) checkMayForget(asker, deps);
  else await checkCurrent(context, current, deps);
  await keepWanted(context, { wanted, session, seen }, deps);
  // A notice that cannot be written takes nothing back: the password is set by now.
  await deps.tellPasswordSet(user, { app, flow: { origin, language } }).catch(() => undefined);
}

/** Whose password it is about. @throws {AuthError} `method_disabled`, `unauthorized` */
export async function ownerOf({ session, app, client, origin }: PasswordAsker, { store }: Pick<ChangeDeps, 'store'>): Promise<OwnerContext> {
  if (!app.preferences.methods.password.isOn) throw new AuthError('method_disabled');
  const user = await store.users.find(session.userId);
  if (user?.status !== 'active') throw new AuthError('unauthorized');
  // Their browser is known: strangers who guess keep nobody from changing it.
  const known = session.deviceId === undefined ? {} : { knownDevice: { id: session.deviceId, subject: user.id } };
  return { app, client, user, flow: { origin, ...known } };
}

/**
 * Who does not say the current one may have forgotten it: two factors, the password itself or a message by which a recovery
 * replaces it vouch for them. Else a code by SMS, or one of support's, would set what it is said to set nowhere.
 */
function checkMayForget({ session, app }: PasswordAsker, { clock }: ChangeDeps): void {
  checkRecentProof(session, { clock });
  const messages = recoveryMessages.filter((message) => replacesPassword(message, app.preferences));
  const isFresh = (proof: Proof): boolean => isRecent({ proofs: [proof] }, clock.now());
  const vouches = session.proofs.some((proof) => isFresh(proof) && (proof.method === 'password' || isByMessage(proof, messages)));
  if (!vouches && !isMultiFactor(session.proofs)) throw new AuthError('reauthentication_required');
}

async function checkCurrent(context: OwnerContext, current: string, deps: ChangeDeps): Promise<void> {
  const verdict = await deps.password.answer(context, current);
  if (verdict.outcome === 'proved') return;
  const until = verdict.code === 'too_many_attempts' ? await deps.password.findLock(context) : undefined;
  const retry = until === undefined ? {} : { retryAfterSeconds: secondsUntil(until, deps.clock.now()) };
  throw new AuthError(verdict.code, { fields: [{ path: 'current_password', code: verdict.code }], ...retry });
}

interface Wanted {
  readonly wanted: string;
  readonly session: Session;
  /** Theirs before anything was judged. */
  readonly seen: Password | undefined;
}

async function keepWanted(context: OwnerContext, { wanted, session, seen }: Wanted, deps: ChangeDeps): Promise<void> {
  const made = await deps.password.make(context, wanted);
  if (made.outcome === 'refused') throw new AuthError('password_refused', { fields: made.codes.map((code) => ({ path: 'new_password', code })) });
  if (made.outcome === 'paced') throw new AuthError('rate_limited', { retryAfterSeconds: secondsUntil(made.retryAt, deps.clock.now()) });
  // Whoever knew the one before the present one takes the place of nothing. A hash that is renewed is of the same moment.
  if (made.made.replaces?.setAt.getTime() !== seen?.setAt.getTime()) throw new AuthError('flow_busy');
  await deps.store.transaction(async (store) => {
    await store.users.lock(session.userId);
    if (!(await deps.password.keep(made.made, context, store))) throw new AuthError('flow_busy');
    await endSessions(session.userId, { store, clock: deps.clock }, { session: session.id });
  });
}
