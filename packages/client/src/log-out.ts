import type { Context } from 'koa';
import { buildEndSessionUrl } from 'openid-client';
import { answerJson, answerProblem, redirect, wantsPage } from './answer.ts';
import { isSameOrigin } from './check-origin.ts';
import type { ClientSession } from './client-session.ts';
import type { SignInDeps } from './deps.ts';
import { SignInError } from './sign-in-error.ts';
import type { SignInVisit } from './visit.ts';

/**
 * `POST {logoutPath}`: ends the app's session and its refresh token, then the issuer's session (OpenID Connect
 * RP-Initiated Logout 1.0). The own session ends first, and whatever the issuer does.
 */
export async function logOut(ctx: Context, visit: SignInVisit, deps: SignInDeps): Promise<void> {
  if (!isSameOrigin(ctx, deps.settings.origin)) {
    answerProblem(ctx, deps.settings, { status: 403, code: 'origin_not_allowed' });
    return;
  }
  const session = visit.session();
  await visit.close();
  const target = await targetOf(session, deps);
  if (wantsPage(ctx)) redirect(ctx, target);
  else answerJson(ctx, { redirect_to: target });
}

async function targetOf(session: ClientSession | undefined, { settings, issuer }: SignInDeps): Promise<string> {
  const { options, paths } = settings;
  if (session === undefined) return paths.home;
  const parameters = {
    id_token_hint: session.idToken,
    ...(options.postLogoutRedirectUri !== undefined && { post_logout_redirect_uri: options.postLogoutRedirectUri }),
  };
  try {
    return await issuer.call((configuration) => {
      const hasPage = configuration.serverMetadata().end_session_endpoint !== undefined;
      return Promise.resolve(hasPage ? buildEndSessionUrl(configuration, parameters).href : paths.home);
    });
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    return paths.home;
  }
}
