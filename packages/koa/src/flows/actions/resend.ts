import type { Action } from '../action.ts';
import { sendMail } from '../send-mail.ts';

/** A new mail; the code and link of the old one end with it. */
export const resend: Action<'resend'> = (scene) =>
  sendMail(scene, scene.flow.step === 'wait-for-link' ? 'magic-link' : 'email-code');
