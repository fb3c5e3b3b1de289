import type { Action, Outcome } from '../action.ts';
import type { Scene } from '../flow-deps.ts';

/** Yes: to the client's request, to going on as who is signed in, or to a link that was approved elsewhere. */
export const approve: Action<'approve'> = async (scene) => {
  const { step } = scene.flow;
  if (step === 'consent') return { change: (flow) => ({ ...flow, consent: 'given' }), isStepDone: true };
  if (step === 'identify') return continueSession(scene);
  // The proof is in the flow already, put there by the link's page: the engine only has to look.
  return scene.flow.proofs.length > 0 ? { change: (flow) => flow, isStepDone: true } : { fault: { code: 'action_not_allowed' } };
};

async function continueSession({ flow, deps }: Scene): Promise<Outcome> {
  const session = flow.knownSessionId === undefined ? undefined : await deps.store.sessions.find(flow.knownSessionId, deps.clock.now());
  if (session === undefined) return { fault: { code: 'action_not_allowed' } };
  return { change: (latest) => ({ ...latest, userId: session.userId, proofs: session.proofs, sessionId: session.id }), isStepDone: true };
}
