/**
 * better-auth on better-sqlite3 as its documentation sets it up for production, with the plugins that are measured: codes by
 * e-mail, passkeys, and `@better-auth/oauth-provider`, which its documentation names in place of the former `oidcProvider`
 * plugin that version 1.7 no longer has. Argument: a file.
 *
 * As durable as Portico by default: `journal_mode=WAL`, `synchronous=FULL`. The tables and indexes are those of its own
 * migrations. Like for like with Portico: ES256, access tokens as JWT where a resource is named. What it recommends for
 * speed is on: joins in the database, trusted clients and resources in memory, limits counted in memory.
 *
 * `/api/cached-auth` is a second instance on the same database with `session.cookieCache`, so that both ways to check a
 * session are measured in one program.
 */
import { existsSync } from 'node:fs';
import { oauthProvider } from '@better-auth/oauth-provider';
import { passkey } from '@better-auth/passkey';
import { betterAuth, type BetterAuthOptions, type BetterAuthPlugin } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { emailOTP, jwt } from 'better-auth/plugins';
import Database from 'better-sqlite3';
import { relyingParty } from './relying-party.ts';
import { passOnMail, serve } from './serve.ts';

const resource = 'https://api.bench.example/';
/** The measurer is one caller that does what thousands would: its limits count, and never stop it. */
const unlimited = { window: 10, max: 1_000_000_000 };

const [file] = process.argv.slice(2);
// Without a name SQLite would keep everything in a place of its own that is gone afterwards.
if (file === undefined) throw new Error('which file?');
/** A server that starts again finds its user and its client. */
const isNew = !existsSync(file);
const database = new Database(file);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');

await serve(async (url) => {
  const auth = createAuth(url);
  await (await getMigrations(auth.options)).runMigrations();
  if (isNew) await createClient(auth);
  const [handler, cachedHandler] = [toNodeHandler(auth), toNodeHandler(createCachedAuth(url))];
  return (request, response) => void (request.url?.startsWith('/api/cached-auth/') === true ? cachedHandler : handler)(request, response);
});

function optionsFor(url: string) {
  return {
    baseURL: url,
    secret: 'Zr7kQ2mV9xLp4sTb8WcY1nHd6JgF3aEu-of-the-benchmark-only',
    database,
    rateLimit: { enabled: true, ...unlimited, customRules: { '/**': unlimited } },
    advanced: { database: { joins: true } },
    telemetry: { enabled: false },
    logger: { level: 'error' },
  } as const satisfies BetterAuthOptions;
}

function createAuth(url: string) {
  return betterAuth({
    ...optionsFor(url),
    emailAndPassword: { enabled: true },
    disabledPaths: ['/token'],
    plugins: [
      emailOTP({ sendVerificationOTP: async ({ email, otp }) => passOnMail(email, `${otp} is your code.`) }),
      asPlugin(passkey({ rpID: new URL(url).hostname, rpName: 'Bench', origin: url })),
      jwt({ jwks: { keyPairConfig: { alg: 'ES256' } }, disableSettingJwtHeader: true }),
      asPlugin(createProviderPlugin()),
    ],
  });
}

function createProviderPlugin() {
  return oauthProvider({
    loginPage: '/sign-in',
    consentPage: '/consent',
    resources: [resource],
    enforcePerClientResources: false,
    cachedResources: new Set([resource]),
    cachedTrustedClients: new Set([relyingParty.clientId]),
    generateClientId: () => relyingParty.clientId,
    generateClientSecret: () => relyingParty.clientSecret,
    silenceWarnings: { oauthAuthServerConfig: true, openidConfig: true },
  });
}

/** Its own packages are built against another release of better-call, which their types show. */
function asPlugin(plugin: { readonly id: string }): BetterAuthPlugin {
  return plugin;
}

function createCachedAuth(url: string) {
  return betterAuth({
    ...optionsFor(url),
    basePath: '/api/cached-auth',
    session: { cookieCache: { enabled: true, maxAge: 300 } },
  });
}

interface ProviderApi {
  adminCreateOAuthClient(request: { readonly headers: Headers; readonly body: Readonly<Record<string, unknown>> }): Promise<unknown>;
}

/** The user of the benchmark signs up, and owns the client, which needs no consent as Portico's does not. */
async function createClient(auth: ReturnType<typeof createAuth>): Promise<void> {
  const { email, password, redirectUri, scope } = relyingParty;
  const { headers } = await auth.api.signUpEmail({ body: { name: 'Ada', email, password }, returnHeaders: true });
  const cookie = headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  await (auth.api as unknown as ProviderApi).adminCreateOAuthClient({
    headers: new Headers({ cookie }),
    // `native` lets a redirect go to a local address over plain HTTP, and says nothing else.
    body: { redirect_uris: [redirectUri], scope, application_type: 'native', token_endpoint_auth_method: 'client_secret_basic', skip_consent: true },
  });
}
