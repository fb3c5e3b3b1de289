import type { ActionName, FlowActions } from '@portico/contract';
import type { Action, Outcome } from '../action.ts';
import type { Scene } from '../flow-deps.ts';
import { approve } from './approve.ts';
import { chooseMethod } from './choose-method.ts';
import { decline } from './decline.ts';
import { enroll } from './enroll.ts';
import { resend } from './resend.ts';
import { goBack, restart } from './restart.ts';
import { skip } from './skip.ts';
import { submitAnswer } from './submit-answer.ts';
import { submitIdentifier } from './submit-identifier.ts';
import { submitPasskey } from './submit-passkey.ts';
import { submitPassword } from './submit-password.ts';
import { submitProfile } from './submit-profile.ts';

const actions: { readonly [Name in ActionName]: Action<Name> } = {
  'submit-identifier': submitIdentifier,
  'submit-answer': submitAnswer,
  'submit-passkey': submitPasskey,
  'submit-password': submitPassword,
  'submit-profile': submitProfile,
  'enroll': enroll,
  'choose-method': chooseMethod,
  'resend': resend,
  'skip': skip,
  'go-back': goBack,
  'approve': approve,
  'decline': decline,
  'restart': restart,
};

/** An action's name with the input of that action, and no other. */
export type FlowAction = { readonly [Name in ActionName]: { readonly name: Name; readonly input: FlowActions[Name] } }[ActionName];

function actWith<Name extends ActionName>(scene: Scene, name: Name, input: FlowActions[Name]): Promise<Outcome> {
  return actions[name](scene, input);
}

export function act(scene: Scene, { name, input }: FlowAction): Promise<Outcome> {
  return actWith(scene, name, input);
}
