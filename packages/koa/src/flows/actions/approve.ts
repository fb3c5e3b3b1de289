import type { Action, Outcome } from '../action.ts';
import { findKnown } from '../find-known.ts';
import type { Scene } from '../flow-deps.ts';
import { withoutLinking } from '../forget.ts';
import { settleLink } from '../settle-link.ts';
import { settleUpstream } from '../settle-upstream.ts';

/** Yes: to the client's request, to going on as who is signed in, to what a provider answered, or to a link that was approved elsewhere. */
export const approve: Action<'approve'> = async (scene) => {
  const { step } = scene.flow;
  if (step === 'consent') return { change: (flow) => ({ ...flow, consent: 'given' }), isStepDone: true };
  if (step === 'identify') return continueSession(scene);
  if (step === 'leave-to-provider' && scene.flow.kind === 'link') return settleLink(scene);
  if (step === 'leave-to-provider' && scene.flow.upstream !== undefined) return settleUpstream(scene);
  // The proof is in the flow already, put there by the link's page: the engine only has to look.
  return scene.flow.proofs.length > 0 ? { change: (flow) => flow, isStepDone: true } : { fault: { code: 'action_not_allowed' } };
};

async function continueSession(scene: Scene): Promise<Outcome> {
  const known = await findKnown(scene);
  if (known === undefined) return { fault: { code: 'action_not_allowed' } };
  const { session } = known;
  return { change: (latest) => ({ ...withoutLinking(latest), userId: session.userId, proofs: session.proofs, sessionId: session.id, continues: session.id }), isStepDone: true };
}
