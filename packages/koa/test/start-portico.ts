/** A running service on a port of its own, its clock and inbox in the test's hand. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { createAuth, devInbox, emailCode, magicLink, passkey } from '../src/index.ts';
import type { AppOptions, Auth, AuthOptions, ClientOptions, DevInbox } from '../src/index.ts';
import { openerOf, type EngineName } from './engines.ts';

/** A clock that stands still until it is told to move. */
export interface TestClock {
  now(): Date;
  advance(seconds: number): void;
}

/** Starts at the present, for cookies and WebAuthn compare with the real world. */
export function testClock(): TestClock {
  let moment = Date.now();
  return {
    now: () => new Date(moment),
    advance: (seconds) => {
      moment += seconds * 1_000;
    },
  };
}

/** Log lines, for tests that look for what must not be in them. */
export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Portico {
  readonly auth: Auth;
  readonly issuer: string;
  /** Where it listens: what a proxy in front of it would call. */
  readonly address: string;
  /** The issuer's path at that address. */
  readonly base: string;
  /** Of the pages that a browser sees. */
  readonly origin: string;
  readonly inbox: DevInbox;
  readonly clock: TestClock;
  readonly log: readonly LogLine[];
  /** Makes every mail that is due arrive. */
  deliver(): Promise<void>;
  close(): Promise<void>;
}

export const clientSecret = 'a-secret-of-the-notes-web-client-of-the-tests';
export const otherSecret = 'a-secret-of-the-other-client-of-the-tests-too';

export const webClient = (origin: string): ClientOptions => ({
  id: 'notes-web',
  secret: clientSecret,
  redirectUris: [`${origin}/callback`],
  postLogoutRedirectUris: [`${origin}/bye`],
  resources: [{ uri: `${origin}/api` }],
});

/** A page without a backend. */
export const spaClient = (origin: string): ClientOptions => ({
  id: 'notes-spa',
  isPublic: true,
  redirectUris: [`${origin}/spa`],
  origins: ['https://spa.example'],
});

/** Somebody else's, in the same service. */
export const otherClient = (origin: string): ClientOptions => ({
  id: 'other-web',
  secret: otherSecret,
  redirectUris: [`${origin}/other`],
  origins: ['https://other.example'],
});

export interface PorticoOptions {
  readonly app?: Partial<AppOptions>;
  readonly clients?: (origin: string) => readonly ClientOptions[];
  readonly auth?: Partial<AuthOptions>;
  /** @default '/auth' */
  readonly path?: string;
  /** Where browsers find it, if a proxy stands before it. @default where it listens */
  readonly publicOrigin?: string;
  /** @default 'sqlite' */
  readonly engine?: EngineName;
  /** What the host does with the middleware. @default it is used as it is */
  readonly mount?: (app: Koa, auth: Auth) => void;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

function keepingLog(): { readonly lines: LogLine[]; readonly log: NonNullable<AuthOptions['log']> } {
  const lines: LogLine[] = [];
  const write = (level: LogLine['level']) => (event: string, fields = {}): void => void lines.push({ level, event, fields });
  return { lines, log: { info: write('info'), warn: write('warn'), error: write('error') } };
}

export async function startPortico(options: PorticoOptions = {}): Promise<Portico> {
  const koa = new Koa();
  // What the host's own routes throw is the test's business, not the console's.
  koa.silent = true;
  // Never ends a connection by itself: on a slow machine its end would meet the next request.
  const server = createServer({ keepAliveTimeout: 0 });
  const address = await listen(server);
  const path = options.path ?? '/auth';
  const origin = options.publicOrigin ?? address;
  const issuer = `${origin}${path}`;
  const inbox = devInbox();
  const clock = testClock();
  const { lines, log } = keepingLog();
  const clients = options.clients?.(origin) ?? [webClient(origin), spaClient(origin), otherClient(origin)];
  const auth = await createAuth({
    issuer,
    store: openerOf(options.engine ?? 'sqlite'),
    secret: 'the-secret-of-a-host-that-only-tests-know',
    methods: [passkey(), emailCode(), magicLink()],
    mailer: inbox,
    smsSender: inbox,
    apps: [{ id: 'notes', name: 'Notes', url: `${origin}/`, allowPublicSignup: true, clients, ...options.app, preferences: { puzzles: { when: 'off' }, ...options.app?.preferences } }],
    clock,
    log,
    // Every test is one caller, and its clock stands still.
    limits: { flowsPerMinute: 1_000_000, mailsPerHour: 1_000_000, answersPerHour: 1_000_000, wrongIdentifiers: 1_000_000, refusalsPerMinute: 100_000, pushesPerMinute: 1_000_000 },
    ...options.auth,
  }).catch((fault: unknown) => {
    // Whoever expects a refusal has nothing to close.
    server.close();
    throw fault;
  });
  (options.mount ?? ((app) => app.use(auth.middleware())))(koa, auth);
  server.on('request', koa.callback());
  return {
    auth, issuer, address, base: `${address}${path}`, origin, inbox, clock, log: lines,
    deliver: async () => {
      await auth.deliverMails();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await auth.close();
    },
  };
}
