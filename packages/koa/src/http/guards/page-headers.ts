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

/** `formTargets`: addresses that a form's answer may redirect to; Chromium holds redirects to `form-action` too. */
export function contentSecurityPolicy(formTargets: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' https:",
    `form-action ${["'self'", ...formTargets.map(formTarget)].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
}

/** A native app's private scheme has no origin: the scheme alone is named (Content Security Policy Level 3, section 2.3.1). */
function formTarget(address: string): string {
  const { protocol, origin } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? origin : protocol;
}
