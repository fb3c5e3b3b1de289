import { methodEvent } from '../methods/method-event.ts';
import type { Outcome } from './action.ts';
import type { Scene } from './flow-deps.ts';
import { resetSecondFactors } from './reset-second-factors.ts';
import { findSecondScene } from './second-scene.ts';

/** Not now: an offer is remembered, so that nobody is nagged. What is asked for or required is not skipped. */
export async function skipSecondFactor(scene: Scene): Promise<Outcome> {
  const { deps } = scene;
  const second = await findSecondScene(scene);
  if (second?.wish?.purpose === 'replace') return { change: (latest) => ({ ...latest, hasSettledLoss: true }), isStepDone: true };
  if (second?.wish?.mayReplaceAll === true) return resetSecondFactors(second, scene);
  if (second?.wish?.purpose !== 'offer') return { fault: { code: 'action_not_allowed' } };
  await deps.store.secondFactorOffers.noteDeclined(second.context.user.id, deps.clock.now());
  await deps.store.audit.insert(methodEvent('second_factor_declined', second.context, deps));
  return { change: (latest) => ({ ...latest, hasSkippedEnrollment: true }), isStepDone: true };
}
