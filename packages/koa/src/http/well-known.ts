import { wellKnown } from '@portico/contract';
import type { Context } from 'koa';
import { serverMetadata } from '../tokens/server-metadata.ts';
import { basePath } from './base-path.ts';
import type { HttpDeps } from './http-deps.ts';

/**
 * Where the issuer's metadata is. OpenID Connect Discovery, section 4 puts the file behind the issuer's path, RFC 8414,
 * section 3.1 before it; callers of either habit find the same document, also at the root of the host.
 */
export function metadataPaths(issuer: string): ReadonlySet<string> {
  const base = basePath(issuer);
  const files = [wellKnown.openidConfiguration, wellKnown.oauthAuthorizationServer];
  return new Set(files.flatMap((file) => [`${base}${file}`, `${file}${base}`, file]));
}

export async function sendMetadata(ctx: Context, { issuer, store }: Pick<HttpDeps, 'issuer' | 'store'>): Promise<void> {
  const languages = (await store.apps.list()).flatMap(({ preferences }) => preferences.languages);
  ctx.body = serverMetadata({ issuer, languages: [...new Set(languages)] });
  ctx.set('Cache-Control', 'public, max-age=3600');
}
