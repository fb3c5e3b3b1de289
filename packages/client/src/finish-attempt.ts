import type { Context } from 'koa';
import { authorizationCodeGrant, type Configuration, type TokenEndpointResponse, type TokenEndpointResponseHelpers } from 'openid-client';
import { answerFault } from './answer-fault.ts';
import { redirect } from './answer.ts';
import type { Attempt } from './attempts.ts';
import type { UserClaims } from './client-session.ts';
import type { SignInDeps } from './deps.ts';
import type { Settings } from './options.ts';
import type { NewClientSession } from './session-keeper.ts';
import { SignInError } from './sign-in-error.ts';
import type { SignInVisit } from './visit.ts';

/**
 * `GET {callback}`: the issuer's answer, for an attempt of this browser, becomes a session (OpenID Connect Core, section
 * 3.1.3; RFC 9207; RFC 7636).
 */
export async function finishAttempt(ctx: Context, visit: SignInVisit, deps: SignInDeps): Promise<void> {
  const { settings, attempts } = deps;
  const attempt = await findAttempt(ctx, deps);
  if (attempt === undefined) {
    // Spent by another window, or the address was opened twice: this browser is signed in, and nothing here changes that.
    if (visit.session() !== undefined) return redirect(ctx, settings.paths.home);
    return answerFault(ctx, new SignInError('attempt_unknown'), { settings });
  }
  try {
    await finish(ctx, attempt, deps);
    attempts.close(ctx, attempt);
    redirect(ctx, attempt.returnTo);
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    // While the issuer cannot be reached the code may still be good: to load the page again may help.
    if (error.code !== 'issuer_unreachable') attempts.close(ctx, attempt);
    await answerFault(ctx, error, { settings, returnTo: attempt.returnTo });
  }
}

function findAttempt(ctx: Context, { attempts }: SignInDeps): Promise<Attempt | undefined> {
  // Koa makes a list of a repeated parameter. There is one `state`, or none.
  const { state } = ctx.query;
  return typeof state === 'string' ? attempts.find(ctx, state) : Promise.resolve(undefined);
}

async function finish(ctx: Context, attempt: Attempt, { settings, issuer, keeper }: SignInDeps): Promise<void> {
  const tokens = await issuer.call((configuration) => exchange(ctx.querystring, attempt, { settings, configuration }));
  await keeper.open(ctx, sessionOf(tokens, settings));
}

type Tokens = TokenEndpointResponse & TokenEndpointResponseHelpers;

interface ExchangeDeps {
  readonly settings: Settings;
  readonly configuration: Configuration;
}

function exchange(querystring: string, attempt: Attempt, { settings, configuration }: ExchangeDeps): Promise<Tokens> {
  const { redirectUri, resource } = settings.options;
  const { maxAgeSeconds } = attempt;
  // The address is the registered one, not what `Host` says.
  const url = new URL(`${redirectUri}?${querystring}`);
  const checks = {
    expectedState: attempt.state,
    expectedNonce: attempt.nonce,
    pkceCodeVerifier: attempt.pkceVerifier,
    idTokenExpected: true,
    ...(maxAgeSeconds !== undefined && { maxAge: maxAgeSeconds }),
  };
  return authorizationCodeGrant(configuration, url, checks, resource === undefined ? {} : { resource });
}

function sessionOf(tokens: Tokens, { clock }: Settings): NewClientSession {
  const user: UserClaims | undefined = tokens.claims();
  if (user === undefined || tokens.id_token === undefined) throw new SignInError('answer_invalid', { detail: 'no ID token' });
  const now = clock.now();
  const sid = user['sid'];
  return {
    user,
    accessToken: tokens.access_token,
    accessTokenExpiresAt: expiryOf(tokens, now),
    refreshToken: tokens.refresh_token,
    idToken: tokens.id_token,
    sid: typeof sid === 'string' ? sid : undefined,
    createdAt: now,
  };
}

/** When an access token that came now ends, if the issuer says it. */
export function expiryOf(tokens: TokenEndpointResponse, now: Date): Date | undefined {
  return tokens.expires_in === undefined ? undefined : new Date(now.getTime() + tokens.expires_in * 1000);
}
