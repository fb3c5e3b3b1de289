/**
 * The beginning of a flow in which whoever is signed in adds an account at a provider to theirs.
 *
 * Owns: that it belongs to the session in which it was begun. Does not own: who is asked for what (link-proof.ts), the link
 * (settle-link.ts).
 */
import type { Flow } from '../model/flow.ts';
import { identifierOf } from './first-question.ts';
import type { FlowDeps } from './flow-deps.ts';
import { askAnew } from './link-proof.ts';
import { applyOutcome, sceneOf } from './run-action.ts';
import type { Started } from './start-flow.ts';
import type { SteppingUp } from './start-step-up.ts';

/** Puts a flow that was just started at its first question: for a proof, or for the provider if the session's is fresh. */
export async function startLink({ flow, handle }: Started, { session, user }: Omit<SteppingUp, 'goesOn'>, deps: FlowDeps): Promise<Started> {
  // It opens no session and strengthens none: it ends in the one that it began in, or not at all.
  const named: Flow = { ...flow, ...identifierOf(user), steppingUpAs: user.id, userId: user.id, proofs: session.proofs, sessionId: session.id, continues: session.id };
  const scene = await sceneOf(named, deps);
  const ran = await applyOutcome(scene, (await askAnew(scene)) ?? { change: (latest) => latest, isStepDone: true });
  return { flow: ran.flow, handle };
}
