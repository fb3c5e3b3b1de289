/**
 * One app, everything in one process: the login, the app that people sign in to, and its API.
 */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import Router from '@koa/router';
import { signIn } from '@portico/client';
import { guard } from '@portico/guard';
import { type Auth, type AuthOptions, createAuth, devInbox, emailCode, magicLink, passkey, smtp, sqlite } from '@portico/koa';
import Koa from 'koa';

/** Whatever keeps the login from starting is said in one line: a file that is no database, or newer than this code. */
function startAuth(options: AuthOptions): Promise<Auth> {
  return createAuth(options).catch((fault: unknown) => {
    process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exit(1);
  });
}

const port = Number(process.env['PORT'] ?? 3000);
const origin = process.env['ORIGIN'] ?? `http://localhost:${port}`;
const clientSecret = process.env['CLIENT_SECRET'] ?? 'for-development-only-client-secret';
const api = `${origin}/api`;

const auth = await startAuth({
  issuer: `${origin}/auth`,
  store: sqlite(process.env['PORTICO_DB'] ?? 'portico.db'),
  secret: process.env['PORTICO_SECRET'] ?? 'for-development-only-portico-secret',
  methods: [passkey({ allowsSignUpAlone: true }), emailCode(), magicLink()],
  mailer: process.env['SMTP_URL'] === undefined ? devInbox() : smtp(process.env['SMTP_URL'], { from: 'login@notes.example' }),
  apps: [
    {
      id: 'notes',
      name: 'Notes',
      url: `${origin}/`,
      allowPublicSignup: true,
      clients: [
        {
          id: 'notes-web',
          secret: clientSecret,
          redirectUris: [`${origin}/callback`],
          postLogoutRedirectUris: [`${origin}/`],
          resources: [{ uri: api }],
        },
      ],
    },
  ],
});

const router = new Router();

router.get('/api/me', guard({ issuer: auth.issuer, audience: api, jwks: auth.jwks }), (ctx) => {
  ctx.body = ctx.state.auth;
});

const pages: Readonly<Record<string, string>> = { '/': 'index.html', '/notes.js': 'notes.js', '/notes.css': 'notes.css' };
router.get(Object.keys(pages), async (ctx) => {
  const name = pages[ctx.path] ?? 'index.html';
  ctx.set('Content-Security-Policy', "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types lit-html");
  ctx.type = extname(name);
  ctx.body = await readFile(new URL(`public/${name}`, import.meta.url));
});

const app = new Koa();
app.use(auth.middleware());
app.use(
  signIn({
    issuer: auth.issuer,
    clientId: 'notes-web',
    clientSecret,
    redirectUri: `${origin}/callback`,
    postLogoutRedirectUri: `${origin}/`,
    cookieSecret: process.env['COOKIE_SECRET'] ?? 'for-development-only-cookie-secret',
    resource: api,
    createNewUser: true,
    attachTokenTo: ['/api/'],
  }),
);
app.use(router.routes());

const server = createServer(app.callback());
server.on('error', (fault: NodeJS.ErrnoException) => {
  process.stderr.write(fault.code === 'EADDRINUSE' ? `Port ${port} is taken. Set PORT to another one.\n` : `${fault.message}\n`);
  process.exit(1);
});
server.listen(port, () => {
  process.stdout.write(`Notes:  ${origin}/\nInbox:  ${origin}/auth/dev/inbox\n`);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.closeAllConnections();
    server.close(() => void auth.close());
  });
}
