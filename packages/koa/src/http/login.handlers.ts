import { findPushedRequest } from '../authorize/pushed-request.ts';
import { pickLanguage } from '../preferences/pick-language.ts';
import { basePath } from './base-path.ts';
import { contentSecurityPolicy } from './guards/page-headers.ts';
import type { Handler } from './http-deps.ts';
import { loginPage } from './pages/login-page.ts';
import { sendPage } from './pages/send-page.ts';
import { findClient } from './read/find-client.ts';
import { readQuery, single } from './read/read-body.ts';
import { readLanguages } from './read/read-languages.ts';

/** `GET /login`: the hosted sign-in page, reached from `/authorize`. */
export const showLogin: Handler = async (ctx, deps) => {
  const query = readQuery(ctx);
  const { app, client } = await findClient(single(query, 'client_id'), deps);
  const requestUri = single(query, 'request_uri') ?? '';
  const { request } = await findPushedRequest({ requestUri, client }, deps);
  const language = pickLanguage(app.preferences.languages, [...request.uiLocales, ...readLanguages(ctx)]);
  const { issuer, assets, captcha } = deps;
  const { when, kind } = app.preferences.puzzles;
  if (when !== 'off' && kind === 'captcha') ctx.set('Content-Security-Policy', contentSecurityPolicy({ captcha: captcha?.vendor }));
  sendPage(ctx, loginPage({ app, client, requestUri }, { issuer, base: basePath(issuer), language, widgetScript: assets.widgetScript }));
};
