import { wellKnown } from '@portico/contract';
import type { Middleware } from 'koa';
import { serverMetadata } from '../tokens/server-metadata.ts';
import { basePath } from './base-path.ts';
import type { HttpDeps } from './http-deps.ts';

/**
 * The issuer's metadata. OpenID Connect Discovery, section 4 puts the file behind the issuer's path, RFC 8414,
 * section 3.1 before it; callers of either habit find the same document, also at the root of the host.
 */
function metadataPaths(issuer: string): ReadonlySet<string> {
  const base = basePath(issuer);
  const files = [wellKnown.openidConfiguration, wellKnown.oauthAuthorizationServer];
  return new Set(files.flatMap((file) => [`${base}${file}`, `${file}${base}`, file]));
}

/** Answers what is the issuer's below `/.well-known/`; the rest is the host's. */
export function createWellKnown({ issuer, store }: HttpDeps): Middleware {
  const ours = metadataPaths(issuer);
  return async (ctx, next) => {
    if ((ctx.method !== 'GET' && ctx.method !== 'HEAD') || !ours.has(ctx.path)) return next();
    ctx.set('Cache-Control', 'public, max-age=3600');
    const languages = (await store.apps.list()).flatMap(({ preferences }) => preferences.languages);
    ctx.body = serverMetadata({ issuer, languages: [...new Set(languages)] });
    return undefined;
  };
}
