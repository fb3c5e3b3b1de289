import type { CaptchaAnswer, CaptchaSite, CaptchaVerdict } from '../model/captcha.ts';

/** A vendor who tells people from machines. Sends nothing to anybody before an app's preferences ask for it. */
export interface Captcha extends CaptchaSite {
  /** Never throws, and is back within seconds. */
  verify(answer: CaptchaAnswer): Promise<CaptchaVerdict>;
}
