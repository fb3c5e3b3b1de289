import type { Flow } from '../../model/flow.ts';
import { methodsOf } from '../../preferences/preferences-view.ts';
import type { Action, Outcome } from '../action.ts';
import { askAnybodyForPasskey } from '../ask-for-passkey.ts';
import type { Scene } from '../flow-deps.ts';
import { withoutLinking, withoutProofs } from '../forget.ts';
import { toProviders } from '../link-proof.ts';

/**
 * Back to the first step: what was typed stays, a mail that is out stays good, the passkey question is new. What was
 * proved is dropped, for somebody else may go on from here.
 */
async function backToIdentify(scene: Scene, forget: (flow: Flow) => Flow): Promise<Outcome> {
  const { step, userId, wantsSecondFactor } = scene.flow;
  // An offer to somebody who is proved has no way back: it can be skipped. What is asked for as second factor may not be one.
  if (step === 'enroll-passkey' && userId !== undefined && wantsSecondFactor !== true) return { fault: { code: 'action_not_allowed' } };
  const asksForPasskey = scene.flow.kind === 'sign-in' && methodsOf(scene.app.preferences).includes('passkey');
  const keep = asksForPasskey ? await askAnybodyForPasskey(scene) : (flow: Flow) => flow;
  return { change: (flow) => ({ ...forget(withoutProofs(keep(flow))), step: 'identify' }) };
}

/** Who was asked for an address may correct it; an account that belongs to one address goes with that address. */
function withoutKnownLinking(flow: Flow): Flow {
  return flow.linking?.isEmailVerified === true ? withoutLinking(flow) : flow;
}

export const restart: Action<'restart'> = (scene) => backToIdentify(scene, withoutLinking);
export const goBack: Action<'go-back'> = async (scene) => (scene.flow.kind === 'link' ? { change: toProviders } : backToIdentify(scene, withoutKnownLinking));
