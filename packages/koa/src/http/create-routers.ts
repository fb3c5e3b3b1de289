import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { AuthError } from '../model/auth-error.ts';
import { answerErrors } from './answer-error.ts';
import type { HttpDeps } from './http-deps.ts';
import { keepWrites } from './keep-writes.ts';
import { routes, type Route } from './routes.ts';

/** Our routes. What is asked for is a path below the issuer's own. */
export interface Routers {
  /** Answers, or goes on where there is no such route. */
  readonly middleware: Middleware;
  /** The HTTP methods of the routes at this path. Asked of our own routers: `ctx.matched` has the host's routes too. */
  methodsAt(ctx: Pick<Context, 'path' | 'method'>): readonly string[];
}

/** A router tries all of its routes, and we have seventy: each first segment of a path has a router of its own. */
export function createRouters(deps: HttpDeps): Routers {
  const routers = new Map<string, { readonly router: Router; readonly middleware: Middleware }>();
  for (const [segment, ofSegment] of Map.groupBy(routes, ({ path }) => segmentOf(path))) {
    const router = new Router({ strict: true, sensitive: true });
    for (const route of ofSegment) router.register(route.path, [...route.methods], stepsOf(route, deps), { name: route.path });
    routers.set(segment, { router, middleware: router.routes() as unknown as Middleware });
  }
  return {
    middleware: (ctx, next) => routers.get(segmentOf(ctx.path))?.middleware(ctx, next) ?? next(),
    methodsAt: ({ path, method }) => [...new Set(routers.get(segmentOf(path))?.router.match(path, method).path.flatMap(({ methods }) => methods))],
  };
}

function segmentOf(path: string): string {
  return path.split('/', 2)[1] ?? '';
}

function stepsOf({ fails, guards, handler, path }: Route, deps: HttpDeps): Middleware[] {
  const checks = path.includes(':') ? [refuseNul] : [];
  return [answerErrors(fails, deps), keepWrites(deps), ...checks, ...guards.map((guard) => guard(deps)), (ctx) => handler(ctx, deps)];
}

/** No name of anything of ours has a NUL character, and PostgreSQL takes none. */
function refuseNul(ctx: Context, next: () => Promise<unknown>): Promise<unknown> {
  const names: readonly unknown[] = Object.values(ctx['params'] ?? {});
  if (names.some((name) => typeof name === 'string' && name.includes('\0'))) throw new AuthError('not_found');
  return next();
}
