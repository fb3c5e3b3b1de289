import { paths as issuerPaths } from '@portico/contract';
import type { Context, Middleware } from 'koa';
import { answerProblem } from './answer.ts';
import { attachesTo, attachToken } from './attach-token.ts';
import { createAttempts } from './attempts.ts';
import type { ClientSession } from './client-session.ts';
import { createCookieSessionKeeper } from './cookie-session-keeper.ts';
import type { SignInDeps } from './deps.ts';
import { finishAttempt } from './finish-attempt.ts';
import { createIssuer } from './issuer.ts';
import { logOut } from './log-out.ts';
import { checkOptions, type Settings, type SignInOptions } from './options.ts';
import { createRefresher } from './refresh-session.ts';
import { SignInError } from './sign-in-error.ts';
import { startAttempt } from './start-attempt.ts';
import { createStoreSessionKeeper } from './store-session-keeper.ts';
import { openVisit, type SignInVisit } from './visit.ts';

/** What `signIn` leaves in `ctx.state`. */
export interface ClientState {
  /** Who is signed in to this app; `undefined` if nobody is. */
  session: ClientSession | undefined;
  /**
   * The session's access token, refreshed first if it ends within 30 seconds; `undefined` if nobody is signed in.
   *
   * @throws {SignInError} `issuer_unreachable` (Koa answers 503). The session stays.
   */
  accessToken: () => Promise<string | undefined>;
}

/**
 * Koa middleware that signs people in to a web app with any OpenID issuer. It owns `POST` and `GET {loginPath}`,
 * `GET` of the redirect URI's path and `POST {logoutPath}`; on every request it loads the app's session into
 * `ctx.state.session`. Put it before what needs to know who is there.
 *
 * @throws {TypeError} at start-up, if an option cannot be.
 * @example
 * ```ts
 * app.use(signIn({
 *   issuer: 'https://login.example',
 *   clientId: 'notes-web',
 *   clientSecret,
 *   redirectUri: 'https://notes.example/callback',
 *   cookieSecret,
 *   attachTokenTo: ['/api/'],
 * }));
 * ```
 */
export function signIn(options: SignInOptions): Middleware<ClientState> {
  const deps = createDeps(checkOptions(options));
  const { settings } = deps;
  if (settings.isPlainHttp) settings.log.warn('plain_http', { advice: 'cookies have no __Host- prefix and no Secure: for development only' });
  return async (ctx, next) => {
    const context: Context = ctx;
    const visit = await openVisit(context, deps);
    fillState(ctx.state, visit);
    const route = routeOf(context, visit, deps);
    if (route !== undefined) return route();
    if (attachesTo(context.path, settings) && !(await attach(context, visit, settings))) return undefined;
    return next();
  };
}

function createDeps(settings: Settings): SignInDeps {
  const { store } = settings.options;
  const issuer = createIssuer(settings);
  const keeper = store === undefined ? createCookieSessionKeeper(settings) : createStoreSessionKeeper(store, settings);
  return { settings, issuer, keeper, attempts: createAttempts(settings), refresher: createRefresher({ settings, issuer, keeper }) };
}

/** The session is read when it is asked for: a refresh further down the chain is seen further up. */
function fillState(state: ClientState, visit: SignInVisit): void {
  Object.defineProperty(state, 'session', { get: visit.session, enumerable: true, configurable: true });
  Object.defineProperty(state, 'accessToken', { value: visit.accessToken, configurable: true });
}

function routeOf(ctx: Context, visit: SignInVisit, deps: SignInDeps): (() => Promise<void>) | undefined {
  const { settings } = deps;
  const { paths } = settings;
  switch (`${ctx.method} ${ctx.path}`) {
    case `POST ${paths.login}`:
      return () => startAttempt(ctx, visit, deps);
    case `GET ${paths.login}`:
      return startsOnGet(settings) ? () => startAttempt(ctx, visit, deps) : undefined;
    case `GET ${paths.callback}`:
      return () => finishAttempt(ctx, visit, deps);
    case `POST ${paths.logout}`:
      return ownsLogout(settings, visit) ? () => logOut(ctx, visit, deps) : undefined;
    default:
      return undefined;
  }
}

/** Portico at the root of this app's own origin has its hosted page at `/login`: that page must be seen, not begun anew. */
function startsOnGet(settings: Settings): boolean {
  return settings.options.mayStartOnGet !== false && !isIssuersOwn(settings.paths.login, issuerPaths.login, settings);
}

/** There, `/logout` is the issuer's too: ours while there is a session of ours, and then the issuer's. */
function ownsLogout(settings: Settings, visit: SignInVisit): boolean {
  return visit.session() !== undefined || !isIssuersOwn(settings.paths.logout, issuerPaths.logout, settings);
}

function isIssuersOwn(ownPath: string, issuersPath: string, { options, origin }: Settings): boolean {
  const issuer = new URL(options.issuer);
  return issuer.origin === origin && ownPath === issuer.pathname.replace(/\/$/, '') + issuersPath;
}

async function attach(ctx: Context, visit: SignInVisit, settings: Settings): Promise<boolean> {
  try {
    return await attachToken(ctx, visit, settings);
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    answerProblem(ctx, settings, { status: 503, code: 'temporarily_unavailable' });
    return false;
  }
}
