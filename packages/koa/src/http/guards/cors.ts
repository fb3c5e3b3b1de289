import { flowHeader, puzzleHeader } from '@portico/contract';
import type { Context, Middleware } from 'koa';
import { AuthError } from '../../model/auth-error.ts';
import type { Guard, HttpDeps } from '../http-deps.ts';

const allowedHeaders = `Content-Type, Authorization, ${flowHeader}, ${puzzleHeader}`;
const exposedHeaders = 'WWW-Authenticate, Retry-After, X-Request-Id, ETag';

/**
 * Pages of registered origins may read answers: the exact origin is echoed, never a pattern. A preflight names no
 * client, so what counts is the set of all registered origins; the flow checks its own client's besides.
 */
function cors({ isRegisteredOrigin }: HttpDeps, withCookies: boolean): Middleware {
  return async (ctx, next) => {
    ctx.vary('Origin');
    const origin = ctx.get('Origin');
    if (origin !== '' && (await isRegisteredOrigin(origin))) allow(ctx, origin, withCookies);
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
  // Two hours, the most that Chromium keeps. A preflight allows nothing by itself: each request's own origin is checked.
  ctx.set('Access-Control-Max-Age', '7200');
}

/** For what the widget calls: a same-site page sends the session cookie along. */
export const widgetCors: Guard = (deps) => cors(deps, true);

/** For OAuth endpoints: no cookie counts there (RFC 9700, section 2.6). */
export const tokenCors: Guard = (deps) => cors(deps, false);

/**
 * A browser says where a request comes from. A page of an origin that is neither ours nor registered changes nothing
 * here, whatever cookies its visitor has.
 */
export const knownOrigin: Guard = ({ isRegisteredOrigin }) => async (ctx, next) => {
  const origin = ctx.get('Origin');
  if (origin !== '' && !(await isRegisteredOrigin(origin))) throw new AuthError('origin_not_allowed');
  return next();
};

/** Our own pages alone; a caller that is no browser names no place at all. */
export const ownOrigin: Guard = ({ issuer }) => (ctx, next) => {
  const isBrowser = ctx.get('Origin') !== '' || ctx.get('Sec-Fetch-Site') !== '';
  if (isBrowser && !isFromOwnPage(ctx, issuer)) throw new AuthError('origin_not_allowed');
  return next();
};

/**
 * A form of another site has that site's origin. One of ours has our own; where a host's proxy makes the referrer policy
 * `no-referrer`, it has the origin `null` (Fetch Standard, section 3.2), and `Sec-Fetch-Site` alone says that it is ours.
 */
export function isFromOwnPage(ctx: Context, issuer: string): boolean {
  const origin = ctx.get('Origin');
  const site = ctx.get('Sec-Fetch-Site');
  if (origin === '' || origin === 'null') return site === 'same-origin';
  return origin === new URL(issuer).origin && (site === '' || site === 'same-origin');
}
