import { paths, wellKnown } from '@portico/contract';
import type { Context } from 'koa';
import { relatedOriginsOf } from '../preferences/related-origins.ts';
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

/**
 * Tells a browser which pages outside of this host may use its passkeys (WebAuthn Level 3, section 5.11), if any may: the
 * answer is left alone otherwise. Of whom it is asked only chooses between what is configured: a host that is no RP id
 * of ours, behind a proxy, is the issuer's.
 */
export async function sendRelatedOrigins(ctx: Context, { issuer, store }: Pick<HttpDeps, 'issuer' | 'store'>): Promise<void> {
  const passkeys = (await store.apps.list()).map(({ preferences }) => preferences.methods.passkey);
  const isRpId = passkeys.some(({ isOn, rpId }) => isOn && rpId === ctx.hostname);
  const origins = relatedOriginsOf(isRpId ? ctx.hostname : new URL(issuer).hostname, passkeys);
  if (origins.length === 0) return;
  ctx.body = { origins };
  ctx.set('Cache-Control', 'public, max-age=300');
}

/**
 * Sends a password manager to where a password is changed: the host's own page, or the hosted page of the first client, in the
 * host's order, whose app has passwords (W3C, A Well-Known URL for Changing Passwords). The answer is left alone where there is
 * neither.
 */
export async function sendToChangePassword(ctx: Context, deps: Pick<HttpDeps, 'issuer' | 'store' | 'clientIds' | 'changePasswordUrl'>): Promise<void> {
  const target = deps.changePasswordUrl ?? await hostedPage(deps);
  if (target === undefined) return;
  // No cookie and no header has a say in it.
  ctx.redirect(target);
  ctx.status = 302;
  ctx.set('Cache-Control', 'no-store');
}

async function hostedPage({ issuer, store, clientIds }: Pick<HttpDeps, 'issuer' | 'store' | 'clientIds'>): Promise<string | undefined> {
  const apps = (await store.apps.list()).filter(({ preferences }) => preferences.methods.password.isOn);
  const kept = await store.clients.list();
  const inOrder = [...clientIds.flatMap((named) => kept.filter(({ id }) => id === named)), ...kept];
  const client = inOrder.find(({ appId, redirectUris }) => redirectUris.length > 0 && apps.some(({ id }) => id === appId));
  return client === undefined ? undefined : `${issuer}${paths.recover}?${new URLSearchParams({ client_id: client.id }).toString()}`;
}
