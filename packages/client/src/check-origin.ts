import type { Context } from 'koa';

/**
 * Whether a page of our own origin sent this. The browser says so itself (Fetch Metadata), or names the page's origin;
 * the origin to compare with comes from configuration, never from `Host`. Who says neither is refused: every browser
 * sends `Origin` with a POST.
 */
export function isSameOrigin(ctx: Context, origin: string): boolean {
  const site = ctx.get('Sec-Fetch-Site');
  return site === '' ? ctx.get('Origin') === origin : site === 'same-origin';
}

/** Whether another site sent this. Who says nothing, such as a command line, is not refused. */
export function isCrossSite(ctx: Context, origin: string): boolean {
  const isSilent = ctx.get('Sec-Fetch-Site') === '' && ctx.get('Origin') === '';
  return !isSilent && !isSameOrigin(ctx, origin);
}
