import type { Context } from 'koa';
import type { Html } from '../../markup/html.ts';

export function sendPage(ctx: Context, page: Html, status = 200): void {
  ctx.status = status;
  ctx.type = 'text/html; charset=utf-8';
  ctx.set('Cache-Control', 'no-store');
  ctx.body = page.markup;
}
