import Router from '@koa/router';
import compose from 'koa-compose';
import type { Context, Middleware } from 'koa';
import { AuthError } from '../model/auth-error.ts';
import { answerErrors, problemOf, sendProblem } from './answer-error.ts';
import { basePath } from './base-path.ts';
import { tokenCors } from './guards/cors.ts';
import type { HttpDeps } from './http-deps.ts';
import { nameRequest } from './request-id.ts';
import { routes, type Route } from './routes.ts';
import { createWellKnown } from './well-known.ts';

/**
 * Everything that we answer, as one middleware. What is not below the issuer's path, nor one of the files that the
 * issuer has at the host's root, goes on to the host's own.
 */
export function createMiddleware(deps: HttpDeps): Middleware {
  const base = basePath(deps.issuer);
  const router = new Router();
  for (const route of routes) router.register(route.path, [...route.methods], stepsOf(route, deps), { name: route.path });
  const routed = router.routes() as unknown as Middleware;
  const below = compose([nameRequest(deps.random), routed, answerRest(router, deps)]);
  const wellKnown = compose([nameRequest(deps.random), answerErrors('problem', deps.log), tokenCors(deps), createWellKnown(deps)]);
  return async (ctx, next) => {
    const path = fullPath(ctx);
    if (path.includes('/.well-known/')) return atPath(ctx, path, () => wellKnown(ctx, next));
    if (path !== base && !path.startsWith(`${base}/`)) return next();
    return atPath(ctx, path.slice(base.length), () => below(ctx, base === '' ? next : undefined));
  };
}

function stepsOf({ fails, guards, handler }: Route, deps: HttpDeps): Middleware[] {
  return [answerErrors(fails, deps.log), ...guards.map((guard) => guard(deps)), (ctx) => handler(ctx, deps)];
}

/** The path as the browser has it: koa-mount takes its own part away, and says which. */
function fullPath(ctx: Context): string {
  const mountPath: unknown = ctx['mountPath'];
  return `${typeof mountPath === 'string' ? mountPath.replace(/\/$/, '') : ''}${ctx.path}`;
}

/** Lets what follows see the path below ours, and puts it back for whatever comes after. */
async function atPath(ctx: Context, path: string, work: () => Promise<unknown>): Promise<unknown> {
  const before = ctx.path;
  ctx.path = path === '' ? '/' : path;
  try {
    return await work();
  } finally {
    ctx.path = before;
  }
}

/** Files of the widget; then the right refusal: another HTTP method, or nothing here. */
function answerRest(router: Router, deps: HttpDeps): Middleware {
  const allowed = router.allowedMethods({ throw: true, methodNotAllowed: () => new AuthError('method_not_allowed'), notImplemented: () => new AuthError('method_not_allowed') });
  const isAtRoot = basePath(deps.issuer) === '';
  return async (ctx, next) => {
    if (ctx['_matchedRoute'] !== undefined) return undefined;
    if ((ctx.method === 'GET' || ctx.method === 'HEAD') && deps.assets.send(ctx, ctx.path.slice(1))) return undefined;
    const isOurs = routes.some(({ path }) => path === ctx.path);
    // An issuer with no path of its own shares its host with the host's pages: what is not ours is theirs.
    if (isAtRoot && !isOurs) return next();
    return answerErrors('problem', deps.log)(ctx, async () => {
      await allowed(ctx as never, () => Promise.resolve());
      if (ctx.status === 404) sendProblem(ctx, problemOf(ctx, new AuthError('not_found')));
    });
  };
}
