import { isBySms } from '../../model/flow-subject.ts';
import type { Action } from '../action.ts';
import { sendSecondCode } from '../second-code.ts';
import { sendMail } from '../send-mail.ts';
import { sendSms } from '../send-sms.ts';

/** A new mail or SMS; the code and link of the old one end with it. */
export const resend: Action<'resend'> = (scene) => {
  if (scene.flow.secondCode !== undefined) return sendSecondCode(scene, scene.flow.secondCode, true);
  if (isBySms(scene.flow)) return sendSms(scene);
  return sendMail(scene, scene.flow.step === 'wait-for-link' ? 'magic-link' : 'email-code');
};
