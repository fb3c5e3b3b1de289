import type { Context } from 'koa';
import { buildAuthorizationUrl, buildAuthorizationUrlWithPAR, calculatePKCECodeChallenge, type Configuration } from 'openid-client';
import { answerJson, answerProblem, redirect, wantsPage } from './answer.ts';
import type { Attempt } from './attempts.ts';
import { isCrossSite } from './check-origin.ts';
import type { UserClaims } from './client-session.ts';
import type { SignInDeps } from './deps.ts';
import type { SignInOptions } from './options.ts';
import { BodyFault, readStart, type Start } from './read-start.ts';
import { answerFault } from './answer-fault.ts';
import { SignInError } from './sign-in-error.ts';
import type { SignInVisit } from './visit.ts';

/**
 * `POST {loginPath}`, and `GET` for plain links: an attempt begins. A GET changes nothing but a cookie of the browser
 * that sent it, and nothing at all is signed in by it.
 *
 * A script gets what the widget needs, a browser goes to the issuer.
 */
export async function startAttempt(ctx: Context, visit: SignInVisit, deps: SignInDeps): Promise<void> {
  const { settings } = deps;
  if (ctx.method !== 'GET' && isCrossSite(ctx, settings.origin)) {
    answerProblem(ctx, settings, { status: 403, code: 'origin_not_allowed' });
    return;
  }
  try {
    await begin(ctx, await readStart(ctx, settings), { ...deps, user: visit.session()?.user });
  } catch (error) {
    if (error instanceof BodyFault) answerBodyFault(ctx, error, deps);
    else if (error instanceof SignInError) await answerStartFault(ctx, error, deps);
    else throw error;
  }
}

interface StartDeps extends SignInDeps {
  /** Who is signed in to this app already. */
  readonly user: UserClaims | undefined;
}

async function begin(ctx: Context, start: Start, { settings, issuer, attempts, user }: StartDeps): Promise<void> {
  await issuer.call(async (configuration) => {
    const maxAgeSeconds = leastOf(start.maxAgeSeconds, settings.options.maxAgeSeconds);
    const attempt = attempts.create(start.returnTo, maxAgeSeconds);
    const parameters = await parametersOf(start, attempt, { settings, configuration, user });
    const server = configuration.serverMetadata();
    const isPushed = server.pushed_authorization_request_endpoint !== undefined;
    const url = isPushed ? await buildAuthorizationUrlWithPAR(configuration, parameters) : buildAuthorizationUrl(configuration, parameters);
    await attempts.keep(ctx, attempt);
    const requestUri = url.searchParams.get('request_uri');
    if (!isPushed || requestUri === null || wantsPage(ctx)) redirect(ctx, pageOf(start, url));
    else answerJson(ctx, { issuer: server.issuer, client_id: settings.options.clientId, request_uri: requestUri });
  });
}

/** The issuer's own screen for what the page asks; an issuer that has none passes it over (RFC 6749, section 3.1). */
function pageOf({ kind }: Start, url: URL): string {
  const page = new URL(url);
  if (kind !== 'sign-in') page.searchParams.set('kind', kind);
  return page.href;
}

interface RequestDeps extends Pick<StartDeps, 'settings' | 'user'> {
  readonly configuration: Configuration;
}

async function parametersOf(start: Start, attempt: Attempt, { settings, configuration, user }: RequestDeps): Promise<Record<string, string>> {
  const { options, scope } = settings;
  return withoutEmpty({
    response_type: 'code',
    redirect_uri: options.redirectUri,
    scope,
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await calculatePKCECodeChallenge(attempt.pkceVerifier),
    code_challenge_method: 'S256',
    resource: options.resource,
    prompt: promptOf(start, options, configuration),
    claims: claimsOf(start, user),
    acr_values: levelsOf(start, options),
    max_age: attempt.maxAgeSeconds?.toString(),
    create_new_user: options.createNewUser === true ? 'true' : undefined,
    login_hint: start.loginHint,
    ui_locales: start.uiLocales,
  });
}

/** What is added, is added to the account of whoever the page shows, and not of somebody else who is signed in at the issuer (OpenID Connect Core, section 5.5.1). */
function claimsOf({ kind }: Start, user: UserClaims | undefined): string | undefined {
  return kind === 'link' && user !== undefined ? JSON.stringify({ id_token: { sub: { value: user.sub } } }) : undefined;
}

/** A level that the app itself asks for stands: whoever signs in could name a lower one in the address. */
function levelsOf({ acrValues: asked }: Start, { acrValues: own }: SignInOptions): string | undefined {
  return own === undefined || own === 'single' ? (asked ?? own) : own;
}

/** A page may ask for more than the app does, never for less. */
function leastOf(asked: number | undefined, own: number | undefined): number | undefined {
  return asked === undefined || own === undefined ? (asked ?? own) : Math.min(asked, own);
}

/** `create` asks for the sign-up page (Initiating User Registration via OpenID Connect 1.0), where the issuer knows it. */
function promptOf(start: Start, { prompt }: SignInOptions, configuration: Configuration): string | undefined {
  const supported: unknown = configuration.serverMetadata()['prompt_values_supported'];
  const knowsCreate = Array.isArray(supported) && supported.includes('create');
  return start.kind === 'sign-up' && knowsCreate ? 'create' : prompt;
}

function withoutEmpty(parameters: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function answerBodyFault(ctx: Context, { code, errors }: BodyFault, { settings }: SignInDeps): void {
  answerProblem(ctx, settings, { status: code === 'body_too_large' ? 413 : 400, code, ...(errors !== undefined && { errors }) });
}

function answerStartFault(ctx: Context, error: SignInError, { settings }: SignInDeps): Promise<void> | void {
  if (wantsPage(ctx)) return answerFault(ctx, error, { settings });
  const isUnreachable = error.code === 'issuer_unreachable';
  if (!isUnreachable) settings.log.error('sign_in_failed', { code: error.code, error: error.error });
  answerProblem(ctx, settings, isUnreachable ? { status: 503, code: 'temporarily_unavailable' } : { status: 500, code: 'internal' });
}
