/**
 * The beginning of a flow that asks whoever is signed in for what is missing.
 *
 * Owns: whether it goes on with the session or asks for a first factor anew.
 * Does not own: by which method (first-question.ts), whether the session would do (http/known-session.ts), what follows (next-step.ts).
 */
import type { Flow } from '../model/flow.ts';
import type { Session } from '../model/session.ts';
import type { User } from '../model/user.ts';
import { firstQuestion, identifierOf } from './first-question.ts';
import type { FlowDeps } from './flow-deps.ts';
import { applyOutcome, sceneOf, type Ran } from './run-action.ts';
import type { Started } from './start-flow.ts';

/** Who steps up. */
export interface SteppingUp {
  readonly session: Session;
  readonly user: User;
  /** The session's proofs count; otherwise the person proves who they are anew, and still that they are the same. */
  readonly goesOn: boolean;
}

/** A step-up, and what came of its beginning: it may have been its end. */
export interface StartedStepUp extends Started {
  readonly ran: Ran;
}

/** Puts a flow that was just started where its first question is; at its end, if nothing is missing. */
export async function startStepUp({ flow, handle }: Started, { session, user, goesOn }: SteppingUp, deps: FlowDeps): Promise<StartedStepUp> {
  const named: Flow = { ...flow, ...identifierOf(user), steppingUpAs: user.id };
  const scene = await sceneOf(named, deps);
  if (goesOn) {
    const ran = await applyOutcome(scene, { change: (latest) => ({ ...latest, userId: user.id, proofs: session.proofs, sessionId: session.id, continues: session.id }), isStepDone: true });
    return { flow: ran.flow, handle, ran };
  }
  const ran = await applyOutcome(scene, { change: await firstQuestion(scene, user) });
  return { flow: ran.flow, handle, ran };
}
