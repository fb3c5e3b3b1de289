import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import Provider, { type Configuration } from 'oidc-provider';
import { signIn, type ClientState, type SignInOptions } from '../src/index.ts';
import { systemClock } from '../src/ports.ts';
import { Browser, locationOf } from './browser.ts';

export const clientSecret = 'a-secret-of-the-client-that-is-long-enough';
export const cookieSecret = 'a-secret-for-cookies-of-32-characters-or-more';

// oidc-provider warns of everything that makes it a test's issuer; nothing of ours writes there.
for (const level of ['info', 'warn'] as const) console[level] = () => undefined;

interface Listening extends AsyncDisposable {
  readonly url: string;
  handler: RequestListener;
}

export async function listen(): Promise<Listening> {
  const held: { handler: RequestListener } = { handler: (_, response) => response.end() };
  // Never ends a connection by itself: on a slow machine its end would meet the next request.
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => held.handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(held, {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

export interface World extends AsyncDisposable {
  readonly app: string;
  readonly issuer: string;
  readonly browser: Browser;
  /** What was asked of the issuer by the app: a path, and for the token endpoint the grant type. */
  readonly asked: string[];
  readonly warned: string[];
  /** Each request to the issuer goes through here: a test can fail it or hold it. */
  between: (path: string) => Promise<Response | undefined>;
  /** How far the app's clock is ahead. */
  aheadSeconds: number;
}

export interface WorldOptions {
  readonly client?: Partial<SignInOptions>;
  readonly issuer?: Configuration;
}

/** A real OpenID issuer (oidc-provider), an app, and a browser, on loopback. */
export async function createWorld({ client = {}, issuer = {} }: WorldOptions = {}): Promise<World> {
  const [provider, app] = [await listen(), await listen()];
  const world: World = {
    app: app.url,
    issuer: provider.url,
    browser: new Browser(),
    asked: [],
    warned: [],
    between: () => Promise.resolve(undefined),
    aheadSeconds: 0,
    async [Symbol.asyncDispose]() {
      await provider[Symbol.asyncDispose]();
      await app[Symbol.asyncDispose]();
    },
  };
  provider.handler = createProvider(world, issuer).callback();
  app.handler = createApp(optionsFor(world, client)).callback();
  return world;
}

export function optionsFor(world: World, more: Partial<SignInOptions> = {}): SignInOptions {
  return {
    issuer: world.issuer,
    clientId: 'notes-web',
    clientSecret,
    redirectUri: `${world.app}/callback`,
    cookieSecret,
    // OpenID Connect Core, section 11: an issuer may want consent before it gives offline access.
    prompt: 'consent',
    attachTokenTo: ['/api/'],
    clock: { now: () => new Date(systemClock.now().getTime() + world.aheadSeconds * 1000) },
    log: { warn: (event) => world.warned.push(event), error: (event) => world.warned.push(event) },
    fetch: async (url, init) => {
      const { pathname } = new URL(String(url));
      const grant = new URLSearchParams(init?.body instanceof URLSearchParams ? init.body : String(init?.body ?? '')).get('grant_type');
      world.asked.push(grant === null ? pathname : `${pathname} ${grant}`);
      return (await world.between(pathname)) ?? fetch(url, init);
    },
    ...more,
  };
}

export function createApp(options: SignInOptions): Koa<ClientState> {
  const app = new Koa<ClientState>();
  app.silent = true;
  app.use(signIn(options));
  app.use(async (ctx) => {
    const { session } = ctx.state;
    switch (ctx.path) {
      case '/me':
        ctx.body = { sub: session?.user.sub ?? null, hasRefreshToken: session?.refreshToken !== undefined, asJson: JSON.stringify(session) ?? null };
        break;
      case '/token':
        ctx.body = { token: (await ctx.state.accessToken()) ?? null };
        break;
      case '/login':
        ctx.body = 'own page';
        break;
      default:
        if (ctx.path.startsWith('/api/')) ctx.body = { header: ctx.get('Authorization'), raw: ctx.req.headersDistinct['authorization'] ?? [] };
    }
  });
  return app;
}

function createProvider(world: World, more: Configuration): Provider {
  const provider = new Provider(world.issuer, {
    clients: [
      {
        client_id: 'notes-web',
        client_secret: clientSecret,
        redirect_uris: [`${world.app}/callback`],
        post_logout_redirect_uris: [`${world.app}/bye`],
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ],
    cookies: { keys: ['a-key-of-the-test'] },
    features: { revocation: { enabled: true }, ...more.features },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    rotateRefreshToken: true,
    pkce: { required: () => true },
    ...more,
  });
  return provider;
}

/** From the issuer's authorization endpoint, through its login and consent pages, to the address that it sends back to. */
export async function passIssuer({ browser, issuer, app }: World, url: string, login = 'user-1'): Promise<string> {
  let [response, at] = [await browser.go(url), url];
  for (let steps = 0; steps < 12; steps += 1) {
    if (response.status === 302 || response.status === 303) {
      at = locationOf(response, at);
      if (at.startsWith(app)) return at;
      response = await browser.go(at);
      continue;
    }
    const page = await response.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    const action = /action="([^"]+)"/.exec(page)?.[1];
    if (prompt === undefined || action === undefined) throw new Error(`${response.status} at ${at}: ${page.slice(0, 400)} ${issuer}`);
    at = new URL(action, at).href;
    response = await browser.submit(at, { prompt, login, password: 'x' });
  }
  throw new Error('the issuer goes round in circles');
}

/** A whole sign-in. Answers what the callback answered. */
export async function signInThrough(world: World, body: Readonly<Record<string, unknown>> = {}): Promise<Response> {
  const started = await world.browser.post(`${world.app}/login`, body);
  const { request_uri, client_id } = (await started.json()) as Record<string, string>;
  const query = new URLSearchParams({ client_id: client_id ?? '', request_uri: request_uri ?? '' });
  return world.browser.go(await passIssuer(world, `${world.issuer}/auth?${query}`));
}

export async function me(world: World): Promise<Readonly<Record<string, unknown>>> {
  return (await world.browser.go(`${world.app}/me`)).json() as Promise<Record<string, unknown>>;
}
