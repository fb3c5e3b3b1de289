import { isMultiFactor } from '../mfa/channels.ts';
import { AuthError } from '../model/auth-error.ts';
import type { Flow } from '../model/flow.ts';
import { forgiveSignedIn } from '../limiter/pass-limiter.ts';
import type { SessionId, UserId } from '../model/ids.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';
import { openSession, type OpenedSession } from '../sessions/open-session.ts';
import { strengthenSession } from '../sessions/strengthen-session.ts';
import { checkProofsHold } from './check-proofs-hold.ts';
import type { ClientAnswer, Scene } from './flow-deps.ts';
import { withAnswer } from './keep-answer.ts';
import { noteDevice, type Signed } from './note-device.ts';
import { settleRecovery } from './settle-recovery.ts';

/** A flow that has ended, the session that it ended in, and what its client is told. */
export interface Finished {
  readonly flow: Flow;
  readonly opened?: OpenedSession;
  readonly answer?: ClientAnswer;
}

/** The same, with whoever has to be told that their account was recovered by it. */
interface Settled extends Finished {
  readonly recovered?: User;
}

/**
 * Ends a flow. Its session, the answer to its client and the save are one transaction: of two that try at once, one
 * ends it and the other gets `undefined`, and a fault of the store leaves it as it was, to be ended again.
 */
export async function finishFlow(scene: Scene): Promise<Finished | undefined> {
  const settled = await scene.deps.store.transaction((store) => settle(scene, store)).catch((fault: unknown) => {
    if (fault instanceof LostRace) return undefined;
    throw fault;
  });
  if (settled === undefined) return undefined;
  const { recovered, ...finished } = settled;
  // It has ended by now: a notice that cannot be written takes nothing back.
  if (recovered !== undefined) await scene.deps.tellRecovery('recovered', recovered, scene).catch(() => undefined);
  return finished;
}

async function settle(scene: Scene, store: Store): Promise<Settled> {
  const { flow, client, deps } = scene;
  const { userId } = flow;
  const opens = userId !== undefined && flow.sessionId === undefined && flow.consent !== 'declined';
  if (opens) await checkStillStands(flow, userId, store);
  const recovered = opens ? await settleUser(scene, userId, store) : undefined;
  const { sessionId, opened } = await sessionOf(scene, store);
  const ended = { ...flow, finishedAt: deps.clock.now(), ...(sessionId === undefined ? {} : { sessionId }) };
  const answer = await deps.answerClient({ flow: ended, client }, store);
  const redirectTo = answer !== undefined && 'redirectTo' in answer ? answer.redirectTo : undefined;
  const saved = await store.flows.save(withAnswer(ended, redirectTo, deps));
  if (saved === undefined) throw new LostRace();
  return { flow: saved, ...(opened === undefined ? {} : { opened }), ...(answer === undefined ? {} : { answer }), ...(recovered === undefined ? {} : { recovered }) };
}

/**
 * What was proved holds at this very moment: whoever replaces the password, takes a contact back or ends all sessions waits
 * for the session that is opened here, or is seen here.
 *
 * @throws {AuthError} `flow_expired`
 */
async function checkStillStands(flow: Flow, userId: UserId, store: Store): Promise<void> {
  await store.users.lock(userId);
  await checkPasswordStands(flow, userId, store);
  await checkProofsHold(flow, { store });
}

/**
 * A password that was replaced since it was typed opens nothing: it may be what somebody tries at this very moment whom the
 * new one is to keep out.
 */
async function checkPasswordStands({ proofs, createdAt }: Flow, userId: UserId, store: Store): Promise<void> {
  // Those that came with a session ended with it, or were left to it by whoever set the new one.
  const typed = proofs.find(({ method, provedAt }) => method === 'password' && provedAt >= createdAt);
  if (typed === undefined) return;
  const kept = await store.passwords.find(userId);
  if (kept === undefined || kept.setAt > typed.provedAt) throw new AuthError('flow_expired');
}

/**
 * What a sign-in says of its user beside the session. An account that was recovered without a new password, where there
 * are none, has its other sessions ended all the same; and whoever shows two factors has not lost them.
 */
async function settleUser({ flow, app, client, deps }: Scene, userId: UserId, store: Store): Promise<User | undefined> {
  if (saysLanguage({ flow, app })) await store.users.setLanguage(userId, flow.language, deps.clock.now());
  if (isMultiFactor(flow.proofs) && (await store.permits.withdraw(userId))) {
    await store.audit.insert({ kind: 'recovery_withdrawn', at: deps.clock.now(), userId, flowId: flow.id });
  }
  const user = flow.kind === 'recover' && flow.hasRecovered !== true ? await store.users.find(userId) : undefined;
  if (user !== undefined) await settleRecovery({ flow, app, client, user }, store, deps);
  return user;
}

/** A backend that names no language is answered in the app's first one, which says nothing of whom it speaks for. */
function saysLanguage({ flow, app }: Pick<Scene, 'flow' | 'app'>): boolean {
  return flow.isBackend !== true || flow.language !== app.preferences.languages[0];
}

/** The session that a flow ends in: a new one, one that it went on with, or the backend's own, with what was proved added. */
async function sessionOf(scene: Scene, store: Store): Promise<{ readonly sessionId?: SessionId; readonly opened?: OpenedSession }> {
  const { flow, deps } = scene;
  const { userId, proofs, origin, clientId, sessionId, addsTo } = flow;
  if (addsTo === undefined && sessionId !== undefined) return { sessionId };
  if (userId === undefined || flow.consent === 'declined') return {};
  const inside = { ...deps, store };
  // Somebody else's proofs strengthen nothing, and a session that has ended is not replaced by another.
  if (addsTo !== undefined) return (await strengthenSession({ id: addsTo, userId, proofs }, inside)) ? { sessionId: addsTo } : {};
  // A backend keeps no cookie, by which a device would be known again.
  const opened = flow.isBackend === true
    ? await openSession({ userId, proofs, origin, clientId }, inside)
    : await openAtDevice({ ...scene, flow: { ...flow, userId } }, store);
  await forgiveSignedIn(flow, userId, inside);
  return { sessionId: opened.session.id, opened };
}

/** The session, and the device that it is opened at. */
async function openAtDevice(scene: Signed, store: Store): Promise<OpenedSession> {
  const { userId, proofs, origin, continues } = scene.flow;
  // Signed out elsewhere while a second factor was asked for here.
  if (continues !== undefined && (await store.sessions.find(continues, scene.deps.clock.now())) === undefined) throw new AuthError('flow_expired');
  const { deviceId, secret } = await noteDevice(scene, store);
  const opened = await openSession({ userId, proofs, origin, deviceId }, { ...scene.deps, store });
  return secret === undefined ? opened : { ...opened, deviceSecret: secret };
}

/** Takes everything back that belongs to a save which somebody else was faster with. */
class LostRace extends Error {}
