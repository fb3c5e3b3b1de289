import { isBySms } from '../../model/flow-subject.ts';
import type { Action } from '../action.ts';
import { resendContact } from '../enroll-contact.ts';
import { sendSecondCode } from '../second-code.ts';
import { sendMail } from '../send-mail.ts';
import { sendSms } from '../send-sms.ts';

/** A new mail or SMS; the code and link of the old one end with it. */
export const resend: Action<'resend'> = (scene) => {
  const { secondCode, newContact } = scene.flow;
  if (secondCode !== undefined) return newContact === undefined ? sendSecondCode(scene, secondCode, true) : resendContact(scene, secondCode);
  if (isBySms(scene.flow)) return sendSms(scene);
  return sendMail(scene, scene.flow.step === 'wait-for-link' ? 'magic-link' : 'email-code');
};
