import type { Captcha } from '../ports/captcha.ts';
import { createCaptcha, type CaptchaOptions } from './verify-captcha.ts';

/**
 * Cloudflare Turnstile ("Validate the token" of its documentation). Its tokens are good for five minutes and once.
 *
 * @throws {Error} without a site key and a secret.
 */
export function turnstile(options: CaptchaOptions): Captcha {
  return createCaptcha({
    vendor: 'turnstile',
    verifyUrl: 'https://challenges.cloudflare.com/turnstile/v0/siteverify',
    ownFaults: new Set(['missing-input-secret', 'invalid-input-secret', 'bad-request', 'internal-error']),
  }, options);
}
