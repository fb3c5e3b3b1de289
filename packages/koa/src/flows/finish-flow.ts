import type { Flow } from '../model/flow.ts';
import type { SessionId } from '../model/ids.ts';
import { openSession, type OpenedSession } from '../sessions/open-session.ts';
import { strengthenSession } from '../sessions/strengthen-session.ts';
import type { ClientAnswer, FlowDeps, Scene } from './flow-deps.ts';
import { withAnswer } from './keep-answer.ts';

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
export function finishFlow({ flow, client, deps }: Scene): Promise<Finished | undefined> {
  return deps.store.transaction(async (store) => {
    const { sessionId, opened } = await sessionOf(flow, { ...deps, store });
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
async function sessionOf(flow: Flow, deps: FlowDeps): Promise<{ readonly sessionId?: SessionId; readonly opened?: OpenedSession }> {
  const { userId, proofs, origin, addsTo, sessionId, isBackend, clientId } = flow;
  if (sessionId !== undefined) return { sessionId };
  if (userId === undefined || flow.consent === 'declined') return {};
  // Somebody else's proofs strengthen nothing, and a session that has ended is not replaced by another.
  if (addsTo !== undefined) return (await strengthenSession({ id: addsTo, userId, proofs }, deps)) ? { sessionId: addsTo } : {};
  const opened = await openSession({ userId, proofs, origin, ...(isBackend === true ? { clientId } : {}) }, deps);
  return { sessionId: opened.session.id, opened };
}

/** Takes everything back that belongs to a save which somebody else was faster with. */
class LostRace extends Error {}
