import type { Context } from 'koa';
import { findPushedRequest } from '../authorize/pushed-request.ts';
import type { App } from '../model/app.ts';
import { pickLanguage } from '../preferences/pick-language.ts';
import { basePath } from './base-path.ts';
import { contentSecurityPolicy } from './guards/page-headers.ts';
import type { Handler, HttpDeps } from './http-deps.ts';
import { loginPage } from './pages/login-page.ts';
import { sendPage } from './pages/send-page.ts';
import { findClient } from './read/find-client.ts';
import { readQuery, single } from './read/read-body.ts';
import { readKind } from './read/read-kind.ts';
import { readLanguages } from './read/read-languages.ts';

/** `GET /login`: the hosted sign-in page, reached from `/authorize`; and with a `kind` the same for whoever signs up, recovers an account, steps up, or adds an account at a provider. */
export const showLogin: Handler = async (ctx, deps) => {
  const query = readQuery(ctx);
  const { app, client } = await findClient(single(query, 'client_id'), deps);
  const requestUri = single(query, 'request_uri') ?? '';
  const { request } = await findPushedRequest({ requestUri, client }, deps);
  const language = pickLanguage(app.preferences.languages, [...request.uiLocales, ...readLanguages(ctx)]);
  allowCaptcha(ctx, app, deps);
  const { issuer, assets } = deps;
  sendPage(ctx, loginPage({ app, client, kind: readKind(query), requestUri }, { issuer, base: basePath(issuer), language, widgetScript: assets.widgetScript }));
};

/** `GET /recover`: the same page for whoever was sent there by support, or by a page of the app's own. It carries no request, and no secret. */
export const showRecover: Handler = async (ctx, deps) => {
  const { app, client } = await findClient(single(readQuery(ctx), 'client_id'), deps);
  const language = pickLanguage(app.preferences.languages, readLanguages(ctx));
  allowCaptcha(ctx, app, deps);
  const { issuer, assets } = deps;
  sendPage(ctx, loginPage({ app, client, kind: 'recover' }, { issuer, base: basePath(issuer), language, widgetScript: assets.widgetScript }));
};

/** The page of an app with captchas lets their vendor's script in. */
function allowCaptcha(ctx: Context, { preferences: { puzzles } }: App, { captcha }: HttpDeps): void {
  if (puzzles.when !== 'off' && puzzles.kind === 'captcha') ctx.set('Content-Security-Policy', contentSecurityPolicy({ captcha: captcha?.vendor }));
}
