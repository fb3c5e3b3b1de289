import type { Action } from '../action.ts';
import { askAnybodyForPasskey, askForPasskey } from '../ask-for-passkey.ts';
import { answerSecondPasskey } from '../answer-second-factor.ts';
import { findIdentified } from '../find-identified.ts';
import { withDeviceWish } from '../remember-device.ts';
import { takeProof } from '../take-proof.ts';
import { faultOf } from '../verdict-fault.ts';

/** A passkey's assertion: from autofill or the button. A failed one is followed by a new question at once. */
export const submitPasskey: Action<'submit-passkey'> = async (scene, { credential, remember_device: remembers }) => {
  const { flow, app, client, deps } = scene;
  const id = flow.challenges.passkey;
  const challenge = id === undefined ? undefined : await deps.store.challenges.find(id);
  // At `identify` whatever was typed does not narrow who may answer: the passkey itself tells who it is.
  if (flow.wantsSecondFactor === true) return withDeviceWish(scene, remembers, answerSecondPasskey(scene, credential));
  const isNarrowed = flow.step === 'use-passkey' && (flow.email ?? flow.phone) !== undefined;
  const askAgain = isNarrowed ? askForPasskey : askAnybodyForPasskey;
  if (challenge === undefined) return { change: await askAgain(scene), fault: { code: 'passkey_expired' } };
  const user = isNarrowed ? await findIdentified(flow, deps) : undefined;
  const verdict = await deps.passkey.answer({ app, client, flow, user }, challenge, { credential });
  if (verdict.outcome !== 'proved') return { change: await askAgain(scene), fault: faultOf(verdict) };
  return takeProof(scene, verdict.proof);
};
