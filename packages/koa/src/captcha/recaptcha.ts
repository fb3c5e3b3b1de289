import { refuseUnknown } from '@portico/contract';
import type { Captcha } from '../ports/captcha.ts';
import { captchaOptions, createCaptcha, type CaptchaOptions } from './verify-captcha.ts';

/** What reCAPTCHA has beside the others. */
export interface RecaptchaOptions extends CaptchaOptions {
  /** Of a key of version 3, which says how likely a person is instead of yes or no: 0 to 1. @default 0.5 */
  readonly leastScore?: number;
}

/**
 * Google reCAPTCHA ("Verifying the user's response" of its documentation). Its tokens are good for two minutes and once.
 * It tells Google of everybody who is asked: of the three, the one that most needs a word in your privacy notice.
 *
 * @throws {Error} without a site key and a secret.
 */
export function recaptcha(given: RecaptchaOptions): Captcha {
  refuseUnknown('recaptcha()', given, { ...captchaOptions, leastScore: true });
  const { leastScore = 0.5, ...options } = given;
  return createCaptcha({
    vendor: 'recaptcha',
    verifyUrl: 'https://www.google.com/recaptcha/api/siteverify',
    accepts: ({ score }) => score === undefined || score >= leastScore,
    ownFaults: new Set(['missing-input-secret', 'invalid-input-secret', 'bad-request']),
  }, options);
}
