import type { Context } from 'koa';

/** What the browser's person reads, best first (RFC 9110, section 12.5.4). */
export function readLanguages(ctx: Context): readonly string[] {
  const header = ctx.get('Accept-Language').slice(0, 500);
  return header
    .split(',')
    .map((part) => part.split(';')[0]?.trim() ?? '')
    .filter((tag) => tag !== '' && tag !== '*');
}
