import type { Context } from 'koa';
import type { Digest } from '../../model/ids.ts';
import type { HttpDeps } from '../http-deps.ts';

/** Which browser this is, if it was here before. Only its digest is kept. */
export function browserDigest(ctx: Context, { cookies, vault }: HttpDeps): Digest | undefined {
  const secret = cookies.readBrowser(ctx);
  return secret === undefined ? undefined : vault.digest('browser', secret);
}

/** The same, with a new cookie for one that was not. */
export function ensureBrowser(ctx: Context, deps: HttpDeps): Digest {
  const known = browserDigest(ctx, deps);
  if (known !== undefined) return known;
  const secret = deps.random.secret();
  deps.cookies.writeBrowser(ctx, secret);
  return deps.vault.digest('browser', secret);
}

/** At which users' devices this browser is. Whose they are is not in them. */
export function deviceDigests(ctx: Context, { cookies, vault }: HttpDeps): readonly Digest[] {
  return cookies.readDevices(ctx).map((secret) => vault.digest('device', secret));
}
