import type { Context, Middleware } from 'koa';
import type { Random } from '../ports/random.ts';

const header = 'X-Request-Id';

/** Names each request, for the person who reports it and the operator who looks for it. */
export function nameRequest(random: Random): Middleware {
  return (ctx, next) => {
    ctx.set(header, random.id());
    ctx.set('X-Content-Type-Options', 'nosniff');
    return next();
  };
}

export function requestIdOf(ctx: Context): string {
  return ctx.response.get(header);
}
