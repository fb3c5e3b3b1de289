import type { Action } from '../action.ts';
import { maySkipPassword } from '../password-view.ts';
import { skipProfile } from '../profile-step.ts';
import { skipSecondFactor } from '../skip-second-factor.ts';

/** No password now; or no passkey now, or never: that is remembered for the user, so that nobody is nagged. */
export const skip: Action<'skip'> = async (scene, { forever, unasked }) => {
  const { flow, deps } = scene;
  if (flow.wantsSecondFactor === true) return skipSecondFactor(scene);
  // Whoever signs up with a passkey alone has nothing else to go on with.
  if (flow.userId === undefined) return { fault: { code: 'action_not_allowed' } };
  // Whoever was mailed is mailed the next time too: nobody is left without a way in.
  if (flow.step === 'set-password' && !maySkipPassword(scene)) return { fault: { code: 'action_not_allowed' } };
  if (flow.step === 'set-password') return { change: (latest) => ({ ...latest, hasSettledPassword: true }), isStepDone: true };
  if (flow.step === 'complete-profile') return skipProfile(scene);
  if (unasked !== true) await deps.store.users.notePasskeyOffer(flow.userId, { at: deps.clock.now(), forever: forever === true });
  return { change: (latest) => ({ ...latest, hasSkippedEnrollment: true }), isStepDone: true };
};
