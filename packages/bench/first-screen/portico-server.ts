import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signIn } from '@portico/client';
import { type Auth, createAuth, emailCode, magicLink, passkey, sqlite } from '@portico/koa';
import Koa from 'koa';

export interface PorticoServer {
  /** The page of the quick start: a page with a backend. */
  readonly page: string;
  /** The same without a backend, as the peers' pages are: the browser is the client. */
  readonly pageAlone: string;
  stop(): Promise<void>;
}

const secret = 'a-secret-of-the-benchmark-and-of-nobody';
const head = '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<link rel="icon" href="data:,">\n<title>portico</title>';

const pages = ({ issuer, headTags }: Auth, origin: string): Readonly<Record<string, string>> => ({
  '/': `${head}\n${headTags('notes-web')}\n</head>\n<body>\n<auth-login login-url="/login" issuer="${issuer}" client-id="notes-web"></auth-login>\n</body>\n</html>\n`,
  '/alone': `${head}\n${headTags('page')}\n</head>\n<body>\n<auth-login issuer="${issuer}" client-id="page" redirect-uri="${origin}/alone"></auth-login>\n</body>\n</html>\n`,
});

/** The README's quick start on SQLite: one app, one client with a backend, one without. */
export async function startPortico(): Promise<PorticoServer> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-first-screen-'));
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const auth = await createAuth({
    issuer: `${origin}/auth`,
    store: sqlite(join(folder, 'portico.db')),
    secret,
    methods: [passkey(), emailCode(), magicLink()],
    mailer: { send: () => Promise.resolve() },
    apps: [
      {
        id: 'notes',
        name: 'Notes',
        allowPublicSignup: true,
        clients: [
          { id: 'notes-web', secret, redirectUris: [`${origin}/callback`] },
          { id: 'page', isPublic: true, redirectUris: [`${origin}/alone`] },
        ],
      },
    ],
    limits: { flowsPerMinute: 1_000_000 },
    log: { info: () => undefined, warn: () => undefined, error: (event) => void process.stderr.write(`${event}\n`) },
  });
  const app = new Koa();
  app.use(auth.middleware());
  app.use(signIn({ issuer: auth.issuer, clientId: 'notes-web', clientSecret: secret, redirectUri: `${origin}/callback`, cookieSecret: secret, createNewUser: true }));
  app.use((ctx) => {
    ctx.set('Cache-Control', 'no-cache');
    ctx.type = 'html';
    ctx.body = pages(auth, origin)[ctx.path];
  });
  server.on('request', app.callback());
  return {
    page: `${origin}/`,
    pageAlone: `${origin}/alone`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await auth.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
