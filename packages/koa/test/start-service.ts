/** A running service on a port of its own, its clock and inbox in the test's hand. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { createAuth, devInbox, emailCode, magicLink, passkey, sqlite } from '../src/index.ts';
import type { AppOptions, Auth, AuthOptions, ClientOptions, DevInbox } from '../src/index.ts';

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

export interface Service {
  readonly auth: Auth;
  readonly issuer: string;
  readonly origin: string;
  readonly inbox: DevInbox;
  readonly clock: TestClock;
  readonly log: readonly LogLine[];
  /** Makes every mail that is due arrive. */
  deliver(): Promise<void>;
  close(): Promise<void>;
}

export const clientSecret = 'a-secret-of-the-notes-web-client-of-the-tests';

export const webClient = (origin: string): ClientOptions => ({
  id: 'notes-web',
  secret: clientSecret,
  redirectUris: [`${origin}/callback`],
  postLogoutRedirectUris: [`${origin}/bye`],
  resources: [{ uri: `${origin}/api` }],
});

export interface ServiceOptions {
  readonly app?: Partial<AppOptions>;
  readonly clients?: readonly ClientOptions[];
  readonly auth?: Partial<AuthOptions>;
  /** @default '/auth' */
  readonly path?: string;
  /** What the host does with the middleware. @default it is used as it is */
  readonly mount?: (app: Koa, auth: Auth) => void;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const koa = new Koa();
  const server = createServer();
  const origin = await listen(server);
  const issuer = `${origin}${options.path ?? '/auth'}`;
  const inbox = devInbox();
  const clock = testClock();
  const log: LogLine[] = [];
  const write = (level: LogLine['level']) => (event: string, fields = {}): void => void log.push({ level, event, fields });
  const auth = await createAuth({
    issuer,
    store: sqlite(':memory:'),
    secret: 'the-secret-of-a-host-that-only-tests-know',
    methods: [passkey(), emailCode(), magicLink()],
    mailer: inbox,
    apps: [{ id: 'notes', name: 'Notes', url: `${origin}/`, allowPublicSignup: true, clients: options.clients ?? [webClient(origin)], ...options.app }],
    clock,
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    ...options.auth,
  });
  (options.mount ?? ((app) => app.use(auth.middleware())))(koa, auth);
  server.on('request', koa.callback());
  return {
    auth, issuer, origin, inbox, clock, log,
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
