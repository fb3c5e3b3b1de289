import type { Flow } from '../model/flow.ts';
import { forgiveSignedIn } from '../limiter/pass-limiter.ts';
import type { Store } from '../ports/store.ts';
import { openSession, type OpenedSession } from '../sessions/open-session.ts';
import type { Scene } from './flow-deps.ts';
import { withAnswer } from './keep-answer.ts';
import { noteDevice, type Signed } from './note-device.ts';

/** A flow that has ended, and the session that it ended in. */
export interface Finished {
  readonly flow: Flow;
  readonly opened?: OpenedSession;
}

/**
 * Ends a flow. Its session, the answer to its client and the save are one transaction: of two that try at once, one
 * ends it and the other gets `undefined`, and a fault of the store leaves it as it was, to be ended again.
 */
export function finishFlow(scene: Scene): Promise<Finished | undefined> {
  const { flow, client, deps } = scene;
  return deps.store.transaction(async (store) => {
    const { userId } = flow;
    const opens = userId !== undefined && flow.sessionId === undefined && flow.consent !== 'declined';
    const opened = opens ? await openAtDevice({ ...scene, flow: { ...flow, userId } }, store) : undefined;
    const sessionId = opened?.session.id ?? flow.sessionId;
    const ended = { ...flow, finishedAt: deps.clock.now(), ...(sessionId === undefined ? {} : { sessionId }) };
    const redirectTo = await deps.answerClient({ flow: ended, client }, store);
    const saved = await store.flows.save(withAnswer(ended, redirectTo, deps));
    if (saved === undefined) throw new LostRace();
    return { flow: saved, ...(opened === undefined ? {} : { opened }) };
  }).catch((fault: unknown) => {
    if (fault instanceof LostRace) return undefined;
    throw fault;
  });
}

/** The session, and the device that it is opened at. */
async function openAtDevice(scene: Signed, store: Store): Promise<OpenedSession> {
  const { userId, proofs, origin } = scene.flow;
  const { deviceId, secret } = await noteDevice(scene, store);
  const opened = await openSession({ userId, proofs, origin, deviceId }, { ...scene.deps, store });
  await forgiveSignedIn(scene.flow, userId, { ...scene.deps, store });
  return secret === undefined ? opened : { ...opened, deviceSecret: secret };
}

/** Takes everything back that belongs to a save which somebody else was faster with. */
class LostRace extends Error {}
