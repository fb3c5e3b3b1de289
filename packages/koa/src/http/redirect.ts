import type { Context } from 'koa';

/**
 * Sends the browser on: 303, so that a form is not sent again to where it goes (RFC 9700, section 4.12). The address is
 * written as it is, for Koa would write it anew, and a client compares it with what it registered.
 */
export function redirect(ctx: Context, target: string): void {
  ctx.status = 303;
  ctx.set('Location', target);
  ctx.body = '';
}
