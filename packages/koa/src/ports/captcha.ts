import type { CaptchaVendor } from '@portico/contract';

/** What a page got from a vendor's script, and who sent it to us. */
export interface CaptchaAnswer {
  readonly token: string;
  readonly address: string;
}

/** `unavailable`: the vendor did not say in time, or said nothing that can be understood. */
export type CaptchaVerdict = 'solved' | 'refused' | 'unavailable';

/** A vendor who tells people from machines. Sends nothing to anybody before an app's preferences ask for it. */
export interface Captcha {
  readonly vendor: CaptchaVendor;
  /** What the vendor's script is given; public. */
  readonly siteKey: string;
  /** Never throws, and is back within seconds. */
  verify(answer: CaptchaAnswer): Promise<CaptchaVerdict>;
}
