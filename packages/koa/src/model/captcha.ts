import type { CaptchaVendor } from '@portico/contract';

/** A vendor, and as whom it is asked. */
export interface CaptchaSite {
  readonly vendor: CaptchaVendor;
  /** What the vendor's script is given; public. */
  readonly siteKey: string;
}

/** What a page got from a vendor's script, and who sent it to us. */
export interface CaptchaAnswer {
  readonly token: string;
  readonly address: string;
}

/** `unavailable`: the vendor did not say in time, or said nothing that can be understood. */
export type CaptchaVerdict = 'solved' | 'refused' | 'unavailable';
