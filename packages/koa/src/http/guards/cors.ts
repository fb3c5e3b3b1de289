import { flowHeader } from '@portico/contract';
import type { Context, Middleware } from 'koa';
import { AuthError } from '../../model/auth-error.ts';
import type { Guard, HttpDeps } from '../http-deps.ts';
import { registeredOrigins } from '../registered-origins.ts';

const allowedHeaders = `Content-Type, Authorization, ${flowHeader}`;
const exposedHeaders = 'WWW-Authenticate, Retry-After, X-Request-Id, ETag';

/**
 * Pages of registered origins may read answers: the exact origin is echoed, never a pattern. A preflight names no
 * client, so what counts is the set of all registered origins; the flow checks its own client's besides.
 */
function cors(deps: HttpDeps, withCookies: boolean): Middleware {
  const isRegistered = registeredOrigins(deps);
  return async (ctx, next) => {
    ctx.vary('Origin');
    const origin = ctx.get('Origin');
    if (origin !== '' && (await isRegistered(origin))) allow(ctx, origin, withCookies);
    if (ctx.method !== 'OPTIONS') return next();
    ctx.status = 204;
    return undefined;
  };
}

function allow(ctx: Context, origin: string, withCookies: boolean): void {
  ctx.set('Access-Control-Allow-Origin', origin);
  ctx.set('Access-Control-Expose-Headers', exposedHeaders);
  if (withCookies) ctx.set('Access-Control-Allow-Credentials', 'true');
  if (ctx.method !== 'OPTIONS') return;
  ctx.set('Access-Control-Allow-Methods', 'GET, POST, DELETE');
  ctx.set('Access-Control-Allow-Headers', allowedHeaders);
  ctx.set('Access-Control-Max-Age', '600');
}

/** For what the widget calls: a same-site page sends the session cookie along. */
export const widgetCors: Guard = (deps) => cors(deps, true);

/** For OAuth endpoints: no cookie counts there (RFC 9700, section 2.6). */
export const tokenCors: Guard = (deps) => cors(deps, false);

/**
 * A browser says where a request comes from. A page of an origin that is neither ours nor registered changes nothing
 * here, whatever cookies its visitor has.
 */
export const knownOrigin: Guard = (deps) => {
  const isRegistered = registeredOrigins(deps);
  return async (ctx, next) => {
    const origin = ctx.get('Origin');
    if (origin !== '' && !(await isRegistered(origin))) throw new AuthError('origin_not_allowed');
    return next();
  };
};

/** Our own pages alone. A form that another site sends has its origin, or none that can be read. */
export const ownOrigin: Guard = ({ issuer }) => {
  const own = new URL(issuer).origin;
  return (ctx, next) => {
    const origin = ctx.get('Origin');
    const site = ctx.get('Sec-Fetch-Site');
    if (origin !== '' && origin !== own) throw new AuthError('origin_not_allowed');
    if (origin === '' && site !== '' && site !== 'same-origin') throw new AuthError('origin_not_allowed');
    return next();
  };
};
