import type { Context } from 'koa';
import type { Session } from '../model/session.ts';
import { closeSession } from '../sessions/close-session.ts';
import { findSession } from '../sessions/find-session.ts';
import { checkLogout, type CheckedLogout, type LogoutRequest } from '../tokens/check-logout.ts';
import { basePath } from './base-path.ts';
import { isFromOwnPage } from './guards/cors.ts';
import { contentSecurityPolicy } from './guards/page-headers.ts';
import type { Handler, HttpDeps } from './http-deps.ts';
import { confirmLogoutPage, loggedOutPage, type LogoutScreen } from './pages/logout-page.ts';
import { sendPage } from './pages/send-page.ts';
import { redirect } from './redirect.ts';
import { readForm, readQuery, single, type Parameters } from './read/read-body.ts';
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
  const asked = await readAsked(ctx, readQuery(ctx), deps);
  const { session, checked } = asked;
  if (session === undefined || session.id === checked.sessionId) return endSession(ctx, asked, deps);
  ask(ctx, asked, deps);
};

/**
 * `POST /logout`: from our own page, or from a client that sends what it would send by GET. The browser keeps its cookie
 * from a form of another site, so that only our own page can tell whether there is a session: we ask there.
 */
export const logout: Handler = async (ctx, deps) => {
  const asked = await readAsked(ctx, await readForm(ctx), deps);
  const { session, checked } = asked;
  const isMeant = isFromOwnPage(ctx, deps.issuer) || (session !== undefined && session.id === checked.sessionId);
  if (isMeant) return endSession(ctx, asked, deps);
  ask(ctx, asked, deps);
};

interface Asked {
  readonly parameters: Parameters;
  readonly checked: CheckedLogout;
  readonly session: Session | undefined;
}

async function readAsked(ctx: Context, parameters: Parameters, deps: HttpDeps): Promise<Asked> {
  const checked = await checkLogout(readLogout(parameters), deps);
  return { parameters, checked, session: await findSession(deps.cookies.readSession(ctx), deps) };
}

function ask(ctx: Context, { parameters, checked }: Asked, deps: HttpDeps): void {
  ctx.set('Content-Security-Policy', contentSecurityPolicy({ formTargets: checked.redirectTo === undefined ? [] : [checked.redirectTo] }));
  const fields = Object.entries(parameters).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  sendPage(ctx, confirmLogoutPage(screenOf(ctx, deps), fields));
}

/** Ends the session and everything issued under it, tokens included. */
async function endSession(ctx: Context, { checked, session }: Asked, deps: HttpDeps): Promise<void> {
  if (session !== undefined) await closeSession(session, deps);
  // Without a cookie in the request there is none to clear, or it was kept from us, and then it is not ours to clear.
  if (deps.cookies.readSession(ctx) !== undefined) deps.cookies.clearSession(ctx);
  if (checked.redirectTo === undefined) {
    sendPage(ctx, loggedOutPage(screenOf(ctx, deps)));
    return;
  }
  redirect(ctx, checked.redirectTo);
}

function screenOf(ctx: Context, { issuer }: HttpDeps): LogoutScreen {
  return { languages: readLanguages(ctx), base: basePath(issuer) };
}
