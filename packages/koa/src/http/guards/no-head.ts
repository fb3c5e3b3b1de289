import type { Guard } from '../http-deps.ts';

/** Where a GET with a cookie acts (issues a code, ends a session), HEAD says that there is something here, and no more. */
export const noHead: Guard = () => (ctx, next) => {
  if (ctx.method !== 'HEAD') return next();
  ctx.status = 200;
  ctx.type = 'text/html; charset=utf-8';
  return Promise.resolve();
};
