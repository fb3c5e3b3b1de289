import type { Captcha } from '../ports/captcha.ts';
import { createCaptcha, type CaptchaOptions } from './verify-captcha.ts';

/**
 * hCaptcha ("Verify the User Response Server Side" of its documentation). Its tokens are good for two minutes and once.
 *
 * @throws {Error} without a site key and a secret.
 */
export function hcaptcha(options: CaptchaOptions): Captcha {
  return createCaptcha({
    vendor: 'hcaptcha',
    verifyUrl: 'https://api.hcaptcha.com/siteverify',
    ownFaults: new Set(['missing-input-secret', 'invalid-input-secret', 'sitekey-secret-mismatch', 'not-using-dummy-secret', 'bad-request']),
  }, options);
}
