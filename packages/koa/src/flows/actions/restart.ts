import { methodsOf } from '../../preferences/preferences-view.ts';
import type { Action, Outcome } from '../action.ts';
import { askForPasskey } from '../ask-for-passkey.ts';
import type { Scene } from '../flow-deps.ts';

/** Back to the first step: what was typed stays, a mail that is out stays good, the passkey question is new. */
async function backToIdentify(scene: Scene): Promise<Outcome> {
  const asksForPasskey = scene.flow.kind === 'sign-in' && methodsOf(scene.app.preferences).includes('passkey');
  const { email: _email, ...anyone } = scene.flow;
  const keep = asksForPasskey ? await askForPasskey({ ...scene, flow: anyone }) : undefined;
  return { change: (flow) => ({ ...(keep?.(flow) ?? flow), step: 'identify' }) };
}

export const restart: Action<'restart'> = backToIdentify;
export const goBack: Action<'go-back'> = backToIdentify;
