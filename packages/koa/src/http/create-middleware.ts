import { wellKnown } from '@portico/contract';
import compose from 'koa-compose';
import type { Context, Middleware } from 'koa';
import { AuthError } from '../model/auth-error.ts';
import { answerErrors } from './answer-error.ts';
import { basePath } from './base-path.ts';
import { createRouters, type Routers } from './create-routers.ts';
import { tokenCors } from './guards/cors.ts';
import type { HttpDeps } from './http-deps.ts';
import { nameRequest } from './request-id.ts';
import { metadataPaths, sendMetadata, sendRelatedOrigins, sendToChangePassword } from './well-known.ts';

/**
 * Everything that we answer, as one middleware. What is not below the issuer's path, nor one of the files that the
 * issuer has at the host's root, goes on to the host's own, untouched.
 */
export function createMiddleware(deps: HttpDeps): Middleware {
  const base = basePath(deps.issuer);
  const routers = createRouters(deps);
  const files = metadataPaths(deps.issuer);
  const below = compose([nameRequest(deps.random), routers.middleware, answerRest(routers, deps)]);
  const metadata = compose([nameRequest(deps.random), answerErrors('problem', deps), tokenCors(deps), (ctx) => sendMetadata(ctx, deps)]);
  const related = compose([nameRequest(deps.random), answerErrors('problem', deps), (ctx) => sendRelatedOrigins(ctx, deps)]);
  const change = compose([nameRequest(deps.random), answerErrors('problem', deps), (ctx) => sendToChangePassword(ctx, deps)]);
  const atRoot: Readonly<Record<string, Middleware>> = { [wellKnown.webauthn]: related, [wellKnown.changePassword]: change };
  return async (ctx, next) => {
    if (!hasPath(ctx)) return ctx.throw(400);
    const path = fullPath(ctx);
    // A host's own page at another method of the same address is the host's.
    if (files.has(path) && metadataMethods.includes(ctx.method)) return metadata(ctx, nothing);
    const file = readMethods.includes(ctx.method) ? atRoot[path] : undefined;
    if (file !== undefined) {
      const before = ctx.res.getHeader(requestIdHeader);
      await file(ctx, nothing);
      if (ctx.body !== undefined) return undefined;
      // Not ours after all: the host's answer bears the name that it had.
      if (before === undefined) ctx.res.removeHeader(requestIdHeader);
      else ctx.res.setHeader(requestIdHeader, before);
    }
    if (path !== base && !path.startsWith(`${base}/`)) return next();
    return atPath(ctx, path.slice(base.length), () => below(ctx, base === '' ? next : nothing));
  };
}

const requestIdHeader = 'X-Request-Id';
const readMethods: readonly string[] = ['GET', 'HEAD'];
const metadataMethods: readonly string[] = [...readMethods, 'OPTIONS'];
const nothing = (): Promise<void> => Promise.resolve();

/** Whether the target of the request is an address at all: Koa throws where `http://[` is one. */
function hasPath(ctx: Context): boolean {
  try {
    return typeof ctx.path === 'string';
  } catch {
    return false;
  }
}

/** The path as the browser has it: each koa-mount takes its own part away, and the innermost says which. */
function fullPath({ path, originalUrl, mountPath }: Context): string {
  if (typeof mountPath !== 'string') return path;
  const asked = originalUrl.split('?', 1)[0] ?? '';
  return asked.endsWith(path) ? asked : `${mountPath.replace(/\/$/, '')}${path}`;
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

/** Where no route answered: files of the widget; then the right refusal, another HTTP method or nothing here. */
function answerRest(routers: Routers, deps: HttpDeps): Middleware {
  const isAtRoot = basePath(deps.issuer) === '';
  return async (ctx, next) => {
    if ((ctx.method === 'GET' || ctx.method === 'HEAD') && deps.assets.send(ctx, ctx.path.slice(1))) return undefined;
    const allowed = routers.methodsAt(ctx);
    // An issuer with no path of its own shares its host with the host's pages: what is not ours is theirs.
    if (isAtRoot && allowed.length === 0) return next();
    return answerErrors('problem', deps)(ctx, () => refuse(ctx, allowed));
  };
}

/** RFC 9110, sections 9.3.7 and 15.5.6. */
async function refuse(ctx: Context, allowed: readonly string[]): Promise<void> {
  if (allowed.length === 0) throw new AuthError('not_found');
  ctx.set('Allow', allowed.join(', '));
  if (ctx.method !== 'OPTIONS') throw new AuthError('method_not_allowed');
  ctx.status = 204;
}
