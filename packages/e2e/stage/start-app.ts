/** An app in this process, whose settings and requests a story can look at. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signIn } from '@portico/client';
import { guard, requireGrants } from '@portico/guard';
import { createAuth, devInbox, emailCode, sqlite, type Auth, type ClientOptions, type DevInbox, type MethodOption, type PreferencesInput } from '@portico/koa';
import Koa from 'koa';
import { eventually } from './eventually.ts';

export interface StartedApp {
  readonly origin: string;
  /** Waits until so many mails with a code came, and gives the newest code. @default 1 */
  codeTo(address: string, count?: number): Promise<string>;
  /** Path and `grant_type` of each token request. */
  readonly tokenRequests: readonly string[];
  /** What its host calls. */
  readonly auth: Auth;
  readonly inbox: DevInbox;
  stop(): Promise<void>;
}

const secret = 'a-secret-that-only-this-story-knows-of';
const pageOf = ({ issuer, headTags }: Auth): string => `<!doctype html>${headTags('web')}<auth-login login-url="/login" issuer="${issuer}" client-id="web"></auth-login><form method="post" action="/logout"><button>Sign out</button></form>`;

function codeTo(address: string, count: number, inbox: DevInbox): Promise<string> {
  return eventually(`code ${count} to ${address}`, () => {
    const [newest, ...older] = inbox.list().flatMap(({ to, text }) => (to === address ? (/^\d{4,8}$/m.exec(text)?.[0] ?? []) : []));
    return older.length + 1 >= count ? newest : undefined;
  });
}

/** What a guide says to paste into a page. */
function exampleOf(guide: string): string {
  const text = readFileSync(new URL(`../../../docs/guides/${guide}.md`, import.meta.url), 'utf8');
  return /```html\n([^]*?)```/.exec(text)?.[1] ?? '';
}

/** A form that is filled in while its API asks for more: the widget steps up beside it. */
const deskPage = `<!doctype html><title>Desk</title><script type="module" src="/auth/login.js"></script>
<form id="letter"><label>Letter <textarea name="letter"></textarea></label><button>Send</button></form><output></output>
<script>
  const show = (text) => { document.querySelector('output').textContent = text; };
  const send = async () => {
    const response = await fetch('/api/safe');
    if (response.status !== 401) return show('answered ' + response.status);
    const login = document.createElement('auth-login');
    login.setAttribute('login-url', '/login');
    login.setAttribute('return-to', '/desk');
    login.setAttribute('challenge', response.headers.get('WWW-Authenticate'));
    login.addEventListener('auth-complete', () => { login.remove(); void send(); });
    document.body.append(login);
  };
  document.querySelector('#letter').addEventListener('submit', (event) => { event.preventDefault(); void send(); });
</script>`;

/** Settings of an app, where whoever is signed in adds an account at a provider: beside what they have on the page, or on the hosted page. */
const settingsPage = `<!doctype html><title>Settings</title><script type="module" src="/auth/login.js"></script>
<label>About me <textarea></textarea></label><button id="add">Add an account</button> <a href="/login?kind=link&return_to=/settings">On the page for that</a><output></output>
<script>
  document.querySelector('#add').addEventListener('click', () => {
    const login = document.createElement('auth-login');
    login.setAttribute('kind', 'link');
    login.setAttribute('login-url', '/login');
    login.setAttribute('return-to', '/settings');
    login.addEventListener('auth-complete', () => { document.querySelector('output').textContent = 'added'; });
    document.body.append(login);
  });
</script>`;

/** A page that signs in by itself, with no backend: its tokens are shown. And one where a redirect ends. */
const pages = (origin: string): Readonly<Record<string, string>> => ({
  '/alone': `<!doctype html><script type="module" src="/auth/login.js"></script>
<auth-login issuer="${origin}/auth" client-id="page" redirect-uri="${origin}/landing" create-new-user></auth-login><output></output>
<script>addEventListener('auth-tokens', (event) => { document.querySelector('output').textContent = Object.keys(event.tokens ?? event).join(' '); });</script>`,
  '/landing': '<!doctype html><title>landed</title>',
  '/my-address': `<!doctype html>${exampleOf('contact').replace('notes-web', 'web')}`,
  '/my-password': `<!doctype html>${exampleOf('passwords').replace('notes-web', 'web')}`,
  '/desk': deskPage,
  '/settings': settingsPage,
});

/** Before there is an app: its address is known then, and nobody else takes it. */
export async function listen(): Promise<{ readonly server: Server; readonly port: number }> {
  // Never ends a connection by itself: on a slow machine its end would meet the next request.
  const server = createServer({ keepAliveTimeout: 0 }).listen(0);
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

export async function startApp(client: Partial<ClientOptions>, methods: readonly MethodOption[] = [emailCode()], preferences: PreferencesInput = {}): Promise<StartedApp> {
  const { server, port } = await listen();
  const origin = `http://localhost:${port}`;
  const inbox = devInbox();
  const tokenRequests: string[] = [];
  const auth = await createAuth({
    issuer: `${origin}/auth`,
    store: sqlite(':memory:'),
    secret,
    methods,
    mailer: inbox,
    smsSender: inbox,
    apps: [{ id: 'app', name: 'App', allowPublicSignup: true, preferences, clients: [{ id: 'web', secret, redirectUris: [`${origin}/callback`], postLogoutRedirectUris: [`${origin}/`], ...client }, { id: 'page', isPublic: true, redirectUris: [`${origin}/landing`] }] }],
    log: { info: () => undefined, warn: () => undefined, error: (event) => void tokenRequests.push(`error: ${event}`) },
  }).catch((fault: unknown) => {
    // Nobody would close it, and the suite would not end.
    server.close();
    throw fault;
  });
  const app = new Koa();
  app.use((ctx, next) => {
    if (ctx.path === '/auth/token') tokenRequests.push(ctx.path);
    return next();
  });
  app.use(auth.middleware());
  app.use(signIn({ issuer: auth.issuer, clientId: 'web', clientSecret: secret, redirectUri: `${origin}/callback`, postLogoutRedirectUri: `${origin}/`, cookieSecret: secret, createNewUser: true, attachTokenTo: ['/api/'] }));
  const check = guard({ issuer: auth.issuer, audience: auth.issuer, jwks: auth.jwks });
  const checkStrictly = requireGrants({ acr: 'mfa', maxAgeSeconds: 300 });
  app.use((ctx, next) => (ctx.path.startsWith('/api/') ? check(ctx as Parameters<typeof check>[0], next) : next()));
  app.use((ctx, next) => (ctx.path === '/api/safe' ? checkStrictly(ctx as Parameters<typeof check>[0], next) : next()));
  app.use((ctx) => {
    ctx.type = ctx.path.startsWith('/api/') ? 'json' : 'html';
    ctx.body = ctx.path.startsWith('/api/') ? ctx.state['auth'] : (pages(origin)[ctx.path] ?? pageOf(auth));
  });
  server.on('request', app.callback());
  return {
    origin,
    codeTo: (address, count = 1) => codeTo(address, count, inbox),
    tokenRequests,
    auth,
    inbox,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await auth.close();
    },
  };
}
