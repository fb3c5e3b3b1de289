import { refuseUnknown } from '@portico/contract';
import type { Context } from 'koa';
import { createCookies, type Cookies } from './cookies.ts';
import { systemClock, systemLog, systemRandom, type Clock, type Log, type Random } from './ports.ts';
import { createSealedBox, type SealedBox } from './sealed-box.ts';
import type { SessionStore } from './session-keeper.ts';
import type { SignInErrorCode } from './sign-in-error.ts';

/** What `onFault` is told. */
export interface SignInFault {
  readonly code: SignInErrorCode;
  /** The issuer's own word, such as `access_denied`. Text from outside: escape it. */
  readonly error: string | undefined;
  /** Where "try again" leads. A path on our own origin. */
  readonly tryAgainPath: string;
}

/** How an app signs people in. */
export interface SignInOptions {
  /** Any OpenID issuer. Its metadata is fetched when it is first needed. */
  readonly issuer: string;
  readonly clientId: string;
  /** Without it, or `undefined` as an unset variable of the environment is, the client is a public one: PKCE alone protects the code. */
  readonly clientSecret?: string | undefined;
  /** How the secret is shown. @default what the issuer supports, `client_secret_basic` first */
  readonly clientAuthentication?: 'client_secret_basic' | 'client_secret_post';
  /** Registered at the issuer, without a query. Its origin is this app's origin, its path the callback's. */
  readonly redirectUri: string;
  /**
   * At least 32 characters of randomness. Several: the first seals, all open; put a new one in front to replace it.
   * `undefined`, as an unset variable of the environment is, is a fault at start-up.
   */
  readonly cookieSecret: string | readonly string[] | undefined;
  /** @default 'openid profile email offline_access' */
  readonly scope?: string;
  /** The API that access tokens are for (RFC 8707). @default the issuer's default */
  readonly resource?: string;
  /** Lets strangers sign up, where the issuer is Portico and the app's preferences agree. @default false */
  readonly createNewUser?: boolean;
  /** OpenID Connect Core, section 3.1.2.1. */
  readonly prompt?: string;
  /** Space-separated. OpenID Connect Core, section 3.1.2.1. Where it is set to more than `single`, a start's own `acr_values` is passed over. */
  readonly acrValues?: string;
  /** The longest time since the user proved who they are. In seconds. */
  readonly maxAgeSeconds?: number;
  /** @default '/login' */
  readonly loginPath?: string;
  /** Whether `GET {loginPath}` starts too, for plain links. Off: that path is left to the app's own page. @default true */
  readonly mayStartOnGet?: boolean;
  /** @default '/logout' */
  readonly logoutPath?: string;
  /** Where to go after signing in, if the start named no path, and after signing out, if the issuer has no page for it. @default '/' */
  readonly homePath?: string;
  /** Registered at the issuer; where it sends the browser after signing out. @default none: the issuer's own page */
  readonly postLogoutRedirectUri?: string;
  /** Where sessions are kept. @default in encrypted cookies */
  readonly store?: SessionStore;
  /** The longest life of a session, from signing in. In seconds. @default 1209600 (14 days) */
  readonly sessionLifetimeSeconds?: number;
  /** Two apps on one host need two names. @default 'portico-app' */
  readonly cookieName?: string;
  /** Paths that begin so get `Authorization: Bearer` with the session's access token. @default [] */
  readonly attachTokenTo?: readonly string[];
  /** A path of the app that shows faults; gets `?error={code}`. @default a plain page of ours */
  readonly faultPath?: string;
  /** Answers a fault itself. Comes before `faultPath`. */
  readonly onFault?: (ctx: Context, fault: SignInFault) => void | Promise<void>;
  /** For each request to the issuer. In seconds. @default 10 */
  readonly timeoutSeconds?: number;
  /** How the issuer is reached. @default the global `fetch` */
  readonly fetch?: typeof fetch;
  /** Held by a test. @default the machine's */
  readonly clock?: Clock;
  /** Held by a test. @default the machine's */
  readonly random?: Random;
  /** @default standard error */
  readonly log?: Log;
  /**
   * Lets cookies and tokens travel over plain HTTP to addresses other than loopback ones. Never for a server.
   *
   * @deprecated Not obsolete. Struck through, so that nobody overlooks it in a review.
   */
  readonly dangerouslyAllowHttp?: true;
}

/** The options after their checks, with every default in place. */
export interface Settings {
  readonly options: SignInOptions;
  readonly origin: string;
  readonly paths: { readonly login: string; readonly callback: string; readonly logout: string; readonly home: string };
  readonly scope: string;
  readonly lifetimeSeconds: number;
  readonly cookieName: string;
  readonly cookieSecrets: readonly string[];
  /** Binds what is sealed to this client of this issuer. */
  readonly purpose: string;
  /** Cookies travel over plain HTTP: they lose `__Host-` and `Secure`. */
  readonly isPlainHttp: boolean;
  readonly cookies: Cookies;
  readonly box: SealedBox;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

const known = {
  issuer: true, clientId: true, clientSecret: true, clientAuthentication: true, redirectUri: true, cookieSecret: true, scope: true, resource: true,
  createNewUser: true, prompt: true, acrValues: true, maxAgeSeconds: true, loginPath: true, mayStartOnGet: true, logoutPath: true, homePath: true,
  postLogoutRedirectUri: true, store: true, sessionLifetimeSeconds: true, cookieName: true, attachTokenTo: true, faultPath: true, onFault: true,
  timeoutSeconds: true, fetch: true, clock: true, random: true, log: true, dangerouslyAllowHttp: true,
} as const satisfies Record<keyof SignInOptions, true>;

const defaults = {
  scope: 'openid profile email offline_access',
  sessionLifetimeSeconds: 14 * 86_400,
  cookieName: 'portico-app',
};

/** @throws {TypeError} naming the option that cannot be. Start-up is the time to hear of it. */
export function checkOptions(options: SignInOptions): Settings {
  refuseUnknown('signIn()', options, known);
  const { dangerouslyAllowHttp, clock = systemClock, random = systemRandom, log = systemLog } = options;
  const { cookieName = defaults.cookieName, sessionLifetimeSeconds: lifetimeSeconds = defaults.sessionLifetimeSeconds } = options;
  const { origin, pathname, protocol } = checkRedirectUri(options);
  const paths = { login: options.loginPath ?? '/login', callback: pathname, logout: options.logoutPath ?? '/logout', home: options.homePath ?? '/' };
  const cookieSecrets = checkSecrets(options.cookieSecret);
  const purpose = JSON.stringify([options.issuer, options.clientId]);
  checkUrl('issuer', options.issuer, dangerouslyAllowHttp);
  checkPaths(options, paths);
  check(/^[\w-]+$/.test(cookieName), 'cookieName may have letters, digits, _ and -');
  check(lifetimeSeconds > 0 && lifetimeSeconds <= 400 * 86_400, 'sessionLifetimeSeconds must be above 0, and at most 400 days');
  check((options.scope ?? defaults.scope).split(' ').includes('openid'), 'scope must have openid');
  return {
    options,
    origin,
    paths,
    scope: options.scope ?? defaults.scope,
    lifetimeSeconds,
    cookieName,
    cookieSecrets,
    purpose,
    isPlainHttp: protocol === 'http:',
    cookies: createCookies(protocol === 'https:'),
    box: createSealedBox(cookieSecrets, `session ${purpose}`),
    clock,
    random,
    log,
  };
}

function check(isFine: boolean, what: string): void {
  if (!isFine) throw new TypeError(`signIn: ${what}`);
}

/** An address that no other machine can reach: nobody is on the way to listen. */
function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname) || hostname.endsWith('.localhost');
}

function checkUrl(name: string, value: string, dangerouslyAllowHttp: true | undefined): URL {
  const url = URL.parse(value);
  if (url === null) throw new TypeError(`signIn: ${name} is not a URL`);
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && (isLoopback(url) || dangerouslyAllowHttp === true));
  check(isSafe, `${name} is not https, nor a loopback address such as http://localhost:3000`);
  return url;
}

function checkRedirectUri({ redirectUri, dangerouslyAllowHttp }: SignInOptions): URL {
  const url = checkUrl('redirectUri', redirectUri, dangerouslyAllowHttp);
  check(url.search === '' && url.hash === '', 'redirectUri may have no query and no fragment');
  return url;
}

function checkSecrets(secret: SignInOptions['cookieSecret']): readonly string[] {
  const secrets = typeof secret === 'string' ? [secret] : (secret ?? []);
  check(Array.isArray(secrets) && secrets.length > 0, 'cookieSecret is missing: is its variable of the environment set?');
  check(secrets.every((one) => typeof one === 'string' && one.length >= 32), 'cookieSecret needs at least 32 characters');
  return secrets;
}

function checkPaths({ attachTokenTo = [], faultPath = '/' }: SignInOptions, paths: Settings['paths']): void {
  const all = [...Object.values(paths), ...attachTokenTo, faultPath];
  check(all.every((path) => /^\/(?!\/)[^\s?#\\]*$/.test(path)), 'a path must begin with one / and have no query');
  check(new Set([paths.login, paths.callback, paths.logout]).size === 3, 'loginPath, logoutPath and the callback must differ');
}
