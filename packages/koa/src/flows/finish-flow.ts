import type { Flow } from '../model/flow.ts';
import { rememberDevice } from '../limiter/known-device.ts';
import { forgiveSignedIn } from '../limiter/pass-limiter.ts';
import type { UserId } from '../model/ids.ts';
import { openSession, type OpenedSession } from '../sessions/open-session.ts';
import type { Scene } from './flow-deps.ts';
import { withAnswer } from './keep-answer.ts';

/** A flow that has ended, and the session that it ended in. */
export interface Finished {
  readonly flow: Flow;
  readonly opened?: OpenedSession;
}

/**
 * Ends a flow. Its session, the answer to its client and the save are one transaction: of two that try at once, one
 * ends it and the other gets `undefined`, and a fault of the store leaves it as it was, to be ended again.
 */
export function finishFlow({ flow, client, deps }: Scene): Promise<Finished | undefined> {
  return deps.store.transaction(async (store) => {
    const { userId, proofs, origin } = flow;
    const opens = userId !== undefined && flow.sessionId === undefined && flow.consent !== 'declined';
    const opened = opens ? await openSession({ userId, proofs, origin }, { ...deps, store }) : undefined;
    if (opened !== undefined) await noteSignIn(flow, opened.session.userId, { ...deps, store });
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

/** Their browser is known from now on, and their slips are forgotten. */
async function noteSignIn(flow: Flow, userId: UserId, deps: Scene['deps']): Promise<void> {
  await rememberDevice(flow.browserDigest, userId, deps);
  await forgiveSignedIn(flow, userId, deps);
}

/** Takes everything back that belongs to a save which somebody else was faster with. */
class LostRace extends Error {}
