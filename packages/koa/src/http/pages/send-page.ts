import type { Context } from 'koa';
import type { Markup } from './html.ts';

export function sendPage(ctx: Context, page: Markup, status = 200): void {
  ctx.status = status;
  ctx.type = 'text/html; charset=utf-8';
  ctx.set('Cache-Control', 'no-store');
  ctx.body = page.text;
}
