import type { CaptchaVendor } from '@portico/contract';

/** What all three vendors' scripts put into the page. */
export interface CaptchaScript {
  render(place: HTMLElement, options: Readonly<Record<string, unknown>>): unknown;
  /** Of reCAPTCHA: its script has come before what it loads. */
  ready?(then: () => void): void;
}

/** A vendor's script, and the name of what it puts into the page. All three render alike. */
interface CaptchaAdapter {
  readonly src: string;
  readonly global: string;
}

/** As their documentation has it, for widgets that are rendered by hand. */
export const captchaAdapters: Readonly<Record<CaptchaVendor, CaptchaAdapter>> = {
  turnstile: { src: 'https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit', global: 'turnstile' },
  hcaptcha: { src: 'https://js.hcaptcha.com/1/api.js?render=explicit&recaptchacompat=off', global: 'hcaptcha' },
  recaptcha: { src: 'https://www.google.com/recaptcha/api.js?render=explicit', global: 'grecaptcha' },
};
