import type { Flow } from '../model/flow.ts';
import type { SessionId } from '../model/ids.ts';
import type { Store } from '../ports/store.ts';
import { openSession, type OpenedSession } from '../sessions/open-session.ts';
import { strengthenSession } from '../sessions/strengthen-session.ts';
import type { ClientAnswer, Scene } from './flow-deps.ts';
import { withAnswer } from './keep-answer.ts';
import { noteDevice, type Signed } from './note-device.ts';

/** A flow that has ended, the session that it ended in, and what its client is told. */
export interface Finished {
  readonly flow: Flow;
  readonly opened?: OpenedSession;
  readonly answer?: ClientAnswer;
}

/**
 * Ends a flow. Its session, the answer to its client and the save are one transaction: of two that try at once, one
 * ends it and the other gets `undefined`, and a fault of the store leaves it as it was, to be ended again.
 */
export function finishFlow(scene: Scene): Promise<Finished | undefined> {
  const { flow, client, deps } = scene;
  return deps.store.transaction(async (store) => {
    const { sessionId, opened } = await sessionOf(scene, store);
    const ended = { ...flow, finishedAt: deps.clock.now(), ...(sessionId === undefined ? {} : { sessionId }) };
    const answer = await deps.answerClient({ flow: ended, client }, store);
    const redirectTo = answer !== undefined && 'redirectTo' in answer ? answer.redirectTo : undefined;
    const saved = await store.flows.save(withAnswer(ended, redirectTo, deps));
    if (saved === undefined) throw new LostRace();
    return { flow: saved, ...(opened === undefined ? {} : { opened }), ...(answer === undefined ? {} : { answer }) };
  }).catch((fault: unknown) => {
    if (fault instanceof LostRace) return undefined;
    throw fault;
  });
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
  return { sessionId: opened.session.id, opened };
}

/** The session, and the device that it is opened at. */
async function openAtDevice(scene: Signed, store: Store): Promise<OpenedSession> {
  const { userId, proofs, origin } = scene.flow;
  const { deviceId, secret } = await noteDevice(scene, store);
  const opened = await openSession({ userId, proofs, origin, deviceId }, { ...scene.deps, store });
  return secret === undefined ? opened : { ...opened, deviceSecret: secret };
}

/** Takes everything back that belongs to a save which somebody else was faster with. */
class LostRace extends Error {}
