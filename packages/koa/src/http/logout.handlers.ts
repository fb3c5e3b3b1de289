import type { Context } from 'koa';
import type { Session } from '../model/session.ts';
import { closeSession } from '../sessions/close-session.ts';
import { findSession } from '../sessions/find-session.ts';
import { checkLogout, type CheckedLogout, type LogoutRequest } from '../tokens/check-logout.ts';
import { basePath } from './base-path.ts';
import { contentSecurityPolicy } from './guards/page-headers.ts';
import type { Handler, HttpDeps } from './http-deps.ts';
import { confirmLogoutPage, loggedOutPage, type LogoutScreen } from './pages/logout-page.ts';
import { sendPage } from './pages/send-page.ts';
import { parametersOf, readForm, single, type Parameters } from './read/read-body.ts';
import { readLanguages } from './read/read-languages.ts';

function readLogout(parameters: Parameters): LogoutRequest {
  return {
    idTokenHint: single(parameters, 'id_token_hint'),
    clientId: single(parameters, 'client_id'),
    postLogoutRedirectUri: single(parameters, 'post_logout_redirect_uri'),
    state: single(parameters, 'state'),
  };
}

/**
 * `GET /logout` (RP-Initiated Logout 1.0, section 2). A client that shows the ID token of this very session has the
 * person's word for it, and the browser goes straight on. Anybody else could have sent the person here: we ask.
 */
export const confirmLogout: Handler = async (ctx, deps) => {
  const parameters = parametersOf(ctx.URL.searchParams);
  const checked = await checkLogout(readLogout(parameters), deps);
  const session = await findSession(deps.cookies.readSession(ctx), deps);
  if (session === undefined || session.id === checked.sessionId) return endSession(ctx, { checked, session }, deps);
  const target = checked.redirectTo === undefined ? [] : [new URL(checked.redirectTo).origin];
  ctx.set('Content-Security-Policy', contentSecurityPolicy(target));
  sendPage(ctx, confirmLogoutPage(screenOf(ctx, deps), Object.entries(parameters).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []))));
};

/** `POST /logout`: from our own page, or from a client that sends what it would send by GET. */
export const logout: Handler = async (ctx, deps) => {
  const checked = await checkLogout(readLogout(await readForm(ctx)), deps);
  const session = await findSession(deps.cookies.readSession(ctx), deps);
  const isOurPage = ctx.get('Origin') === new URL(deps.issuer).origin || ctx.get('Sec-Fetch-Site') === 'same-origin';
  if (session !== undefined && !isOurPage && session.id !== checked.sessionId) {
    sendPage(ctx, confirmLogoutPage(screenOf(ctx, deps), []));
    return;
  }
  await endSession(ctx, { checked, session }, deps);
};

/** Ends the session and everything issued under it, tokens included. */
async function endSession(
  ctx: Context,
  { checked, session }: { readonly checked: CheckedLogout; readonly session: Session | undefined },
  deps: HttpDeps,
): Promise<void> {
  if (session !== undefined) await closeSession(session.id, deps);
  deps.cookies.clearSession(ctx);
  if (checked.redirectTo === undefined) {
    sendPage(ctx, loggedOutPage(screenOf(ctx, deps)));
    return;
  }
  ctx.status = 303;
  ctx.set('Location', checked.redirectTo);
}

function screenOf(ctx: Context, { issuer }: HttpDeps): LogoutScreen {
  return { languages: readLanguages(ctx), base: basePath(issuer) };
}
