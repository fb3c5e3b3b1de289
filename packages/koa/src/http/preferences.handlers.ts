import { createHash } from 'node:crypto';
import { preferencesView } from '../preferences/preferences-view.ts';
import type { Handler } from './http-deps.ts';
import { findClient } from './read/find-client.ts';
import { readQuery, single } from './read/read-body.ts';
import { readLanguages } from './read/read-languages.ts';

/** `GET /preferences`: what the widget may know before a flow begins. */
export const showPreferences: Handler = async (ctx, deps) => {
  const query = readQuery(ctx);
  const { app, client } = await findClient(single(query, 'client_id'), deps);
  // Without a wish in the query the address is the same for everybody, and a page can have it fetched beforehand.
  const wish = single(query, 'ui_locales');
  if (wish === undefined) ctx.vary('Accept-Language');
  const locales = wish === undefined ? readLanguages(ctx) : wish.split(' ').filter((tag) => tag !== '');
  const body = JSON.stringify(preferencesView(app, { client, uiLocales: locales, providers: deps.social.providersOf(app) }));
  ctx.set('Cache-Control', 'no-cache');
  ctx.set('ETag', `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`);
  ctx.status = 200;
  ctx.type = 'application/json';
  if (ctx.fresh) ctx.status = 304;
  else ctx.body = body;
};
