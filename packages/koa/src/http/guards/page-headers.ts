import type { CaptchaVendor } from '@portico/contract';
import type { Middleware } from 'koa';
import type { Guard } from '../http-deps.ts';

/**
 * Pages of ours: nothing inline, nothing from elsewhere, in nobody's frame (RFC 9700, section 4.16), and their address,
 * which may carry a link's secret, is told to nobody.
 */
export const pageHeaders: Guard = () => headersOf('no-referrer');

/**
 * The same for pages with a form. Under `no-referrer` a browser sends its form with the origin `null`, and one without
 * `Sec-Fetch-Site` could then not show that the form is ours. Other sites still learn nothing, and our own host is told
 * an address that it has seen already.
 */
export const formPageHeaders: Guard = () => headersOf('same-origin');

/**
 * The same for the window that goes to a provider. It stays the window that its page has opened, or a browser would not let
 * it close itself; nobody is told anything by it, and the page that opened it has let go of it.
 */
export const windowPageHeaders: Guard = () => headersOf('no-referrer', 'unsafe-none');

const headersOf = (referrerPolicy: string, openerPolicy = 'same-origin'): Middleware => (ctx, next) => {
  ctx.set('Content-Security-Policy', contentSecurityPolicy());
  ctx.set('X-Frame-Options', 'DENY');
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Referrer-Policy', referrerPolicy);
  ctx.set('Cross-Origin-Opener-Policy', openerPolicy);
  ctx.set('X-Robots-Tag', 'noindex');
  return next();
};

/** What a page needs beside what all have. */
export interface PageNeeds {
  /** Addresses that a form's answer may redirect to; Chromium holds redirects to `form-action` too. */
  readonly formTargets?: readonly string[];
  /** The vendor whose script and frames come into the page if somebody has to solve one. */
  readonly captcha?: CaptchaVendor | undefined;
}

/** As each vendor's documentation says. Their scripts style what they show, and know nothing of trusted types. */
const captchaSources: Readonly<Record<CaptchaVendor, { readonly scripts: string; readonly frames: string }>> = {
  turnstile: { scripts: 'https://challenges.cloudflare.com', frames: 'https://challenges.cloudflare.com' },
  hcaptcha: { scripts: 'https://hcaptcha.com https://*.hcaptcha.com', frames: 'https://hcaptcha.com https://*.hcaptcha.com' },
  recaptcha: { scripts: 'https://www.google.com/recaptcha/ https://www.gstatic.com/recaptcha/', frames: 'https://www.google.com/recaptcha/ https://recaptcha.google.com/recaptcha/' },
};

/** The policy of a page of ours. */
export function contentSecurityPolicy({ formTargets = [], captcha }: PageNeeds = {}): string {
  const vendor = captcha === undefined ? undefined : captchaSources[captcha];
  const also = (sources: string | undefined): string => (sources === undefined ? "'self'" : `'self' ${sources}`);
  return [
    "default-src 'none'",
    `script-src ${also(vendor?.scripts)}`,
    `style-src ${also(vendor && `'unsafe-inline' ${vendor.scripts}`)}`,
    `connect-src ${also(vendor?.scripts)}`,
    "img-src 'self' https:",
    ...(vendor === undefined ? [] : [`frame-src ${vendor.frames}`]),
    `form-action ${["'self'", ...formTargets.map(formTarget)].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    ...(vendor === undefined ? ["require-trusted-types-for 'script'", 'trusted-types lit-html'] : []),
  ].join('; ');
}

/** A native app's private scheme has no origin: the scheme alone is named (Content Security Policy Level 3, section 2.3.1). */
function formTarget(address: string): string {
  const { protocol, origin } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? origin : protocol;
}
