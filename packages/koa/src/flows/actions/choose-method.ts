import type { FlowActions } from '@portico/contract';
import { passkeyLabel } from '../../methods/passkey/passkey-label.ts';
import type { Flow } from '../../model/flow.ts';
import { subjectOf } from '../../model/flow-subject.ts';
import type { UserId } from '../../model/ids.ts';
import type { Action, Outcome } from '../action.ts';
import { askForPasskey } from '../ask-for-passkey.ts';
import { askForPassword } from '../ask-for-password.ts';
import { askAnotherDevice } from '../cross-device.ts';
import type { Scene } from '../flow-deps.ts';
import { leaveToProvider } from '../leave-to-provider.ts';
import { isPastProof } from '../forget.ts';
import { isChoiceInLink } from '../link-proof.ts';
import { methodsIn } from '../methods-in.ts';
import { offerPasskey } from '../offer-passkey.ts';
import { isRoutedElsewhere, isSentMethod, maySend } from '../other-methods.ts';
import { leaveToLink } from '../settle-link.ts';
import { sendMail, showSentMail } from '../send-mail.ts';
import { chooseSecondFactor } from './choose-second-factor.ts';
import { hasOpenSms, sendSms, showSentSms } from '../send-sms.ts';
import { asRecovery, asSignIn } from '../turn-flow.ts';

export const chooseMethod: Action<'choose-method'> = (scene, input) =>
  scene.flow.wantsSecondFactor === true ? chooseSecondFactor(scene, input.method) : chooseFirst(scene, input);

async function chooseFirst(scene: Scene, input: FlowActions['choose-method']): Promise<Outcome> {
  const { method: name, wants_new_password: wish } = input;
  const { flow } = scene;
  // The offer of a passkey after another way in is taken or skipped.
  if (isPastProof(flow)) return { fault: { code: 'action_not_allowed' } };
  if (flow.kind === 'link' && !(await isChoiceInLink(scene, name))) return { fault: { code: 'action_not_allowed' } };
  const method = methodsIn(scene).find((each) => each === name);
  if (method === undefined) return { fault: { code: 'method_disabled', field: 'method' } };
  if (isRoutedElsewhere(scene, method)) return { fault: { code: 'method_disabled', field: 'method' } };
  if (isSentMethod(method)) return wish === true && flow.kind === 'sign-in' ? turned(scene, asRecovery, (inside) => useMessage(inside, method)) : useMessage(scene, method);
  return turned(scene, asSignIn, (inside) => useOther(inside, method, input));
}

/** The same flow as one of another kind, and what it does then. */
async function turned(scene: Scene, turn: (flow: Flow) => Flow, go: (scene: Scene) => Promise<Outcome>): Promise<Outcome> {
  const { change, ...outcome } = await go({ ...scene, flow: turn(scene.flow) });
  return change === undefined ? outcome : { ...outcome, change: (latest) => change(turn(latest)) };
}

async function useOther(scene: Scene, method: 'social' | 'passkey' | 'password' | 'access-code', input: FlowActions['choose-method']): Promise<Outcome> {
  const leaving = { provider: input.provider, returnTo: input.return_to };
  if (method === 'social') return scene.flow.kind === 'link' ? leaveToLink(scene, leaving) : leaveToProvider(scene, leaving);
  if (method === 'passkey' && input.cross_device === true) return askAnotherDevice(scene);
  if (method === 'password') return usePassword(scene);
  if (method === 'access-code') return useAccessCode(scene);
  return scene.flow.kind === 'sign-up' ? signUpWithPasskey(scene, input.display_name) : usePasskey(scene);
}

async function useMessage(scene: Scene, method: 'email-code' | 'magic-link' | 'sms-code'): Promise<Outcome> {
  if (!maySend(scene.flow, method)) return { fault: { code: 'action_not_allowed' } };
  return method === 'sms-code' ? useSms(scene) : useMail(scene, method);
}

async function useMail(scene: Scene, method: 'email-code' | 'magic-link'): Promise<Outcome> {
  if (scene.flow.challenges[method] !== undefined) return { change: (latest) => showSentMail(latest, method) };
  return sendMail(scene, method);
}

async function useSms(scene: Scene): Promise<Outcome> {
  return hasOpenSms(scene.flow) ? { change: showSentSms } : sendSms(scene);
}

/** Nobody signs up by using a password: one is set after the mail or the SMS. */
function usePassword({ flow }: Scene): Outcome {
  if (flow.kind === 'sign-up' || subjectOf(flow) === undefined) return { fault: { code: 'action_not_allowed' } };
  return { change: askForPassword };
}

/** Nothing is sent: whoever has a code was given it. */
function useAccessCode({ flow }: Scene): Outcome {
  if (flow.kind !== 'sign-in' || subjectOf(flow) === undefined) return { fault: { code: 'action_not_allowed' } };
  return { change: ({ blocked: _blocked, ...latest }) => ({ ...latest, step: 'enter-access-code' }) };
}

async function usePasskey(scene: Scene): Promise<Outcome> {
  const keep = await askForPasskey(scene);
  return { change: (flow) => ({ ...keep(flow), step: 'use-passkey' }) };
}

/** The user does not exist yet: their id is made now, for it is the handle that the passkey keeps. */
async function signUpWithPasskey(scene: Scene, name: string | undefined): Promise<Outcome> {
  const { app, flow, deps } = scene;
  if (!flow.mayCreateUser) return { fault: { code: 'sign_up_closed' } };
  if (!app.preferences.methods.passkey.allowsSignUpAlone) return { fault: { code: 'method_disabled', field: 'method' } };
  const shown = name?.trim() ?? '';
  const label = shown === '' ? passkeyLabel(app, deps.clock.now()) : shown;
  const owner = { userId: deps.random.id() as UserId, name: label, displayName: label, ...(shown === '' ? {} : { userName: shown }) };
  const keep = await offerPasskey(scene, owner);
  return { change: (latest) => ({ ...keep(latest), step: 'enroll-passkey' }) };
}
