import type { Flow } from '../model/flow.ts';
import { openSession, type OpenedSession } from '../sessions/open-session.ts';
import type { FlowDeps } from './flow-deps.ts';

/** A flow that has ended, and the session that it ended in. */
export interface Finished {
  readonly flow: Flow;
  readonly opened?: OpenedSession;
}

/**
 * Ends a flow in a session, nothing else. The save and the session are one transaction: of two that try at once, one
 * opens a session and the other gets `undefined`.
 */
export function finishFlow(flow: Flow, deps: FlowDeps): Promise<Finished | undefined> {
  return deps.store.transaction(async (store) => {
    const finishedAt = deps.clock.now();
    const { userId, proofs, origin } = flow;
    const opens = userId !== undefined && flow.sessionId === undefined && flow.consent !== 'declined';
    const opened = opens ? await openSession({ userId, proofs, origin }, { ...deps, store }) : undefined;
    const sessionId = opened?.session.id ?? flow.sessionId;
    const saved = await store.flows.save({ ...flow, finishedAt, ...(sessionId === undefined ? {} : { sessionId }) });
    if (saved === undefined) throw new LostRace();
    return { flow: saved, ...(opened === undefined ? {} : { opened }) };
  }).catch((fault: unknown) => {
    if (fault instanceof LostRace) return undefined;
    throw fault;
  });
}

/** Rolls the session back that belongs to a save which somebody else was faster with. */
class LostRace extends Error {}
