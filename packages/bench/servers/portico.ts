/** Portico as its README mounts it: one app, one client, everything on one store. Arguments: `sqlite` and a file, or `postgres` and an address. */
import { signIn } from '@portico/client';
import { createAuth, emailCode, passkey, postgres, sqlite, type StoreOpener } from '@portico/koa';
import Koa from 'koa';
import { relyingParty } from './relying-party.ts';
import { passOnMail, serve } from './serve.ts';

const [engine, place = ''] = process.argv.slice(2);
const store: StoreOpener = engine === 'postgres' ? postgres(place) : sqlite(place);
/** The measurer is one caller that does what thousands would: what would stop it is counted, and stops nobody. */
const limits = { flowsPerMinute: 1_000_000, mailsPerHour: 1_000_000, answersPerHour: 1_000_000, wrongIdentifiers: 1_000_000, refusalsPerMinute: 1_000_000, pushesPerMinute: 1_000_000 };
const puzzles = { when: 'off' } as const;

await serve(async (url) => {
  const auth = await createAuth({
    issuer: `${url}/auth`,
    store,
    secret: 'a-secret-of-the-host-of-the-benchmark-only',
    // The defaults, but for how often one address may be written to within an hour.
    methods: [passkey({ allowsSignUpAlone: true }), emailCode({ mailsPerHour: 100 })],
    mailer: { send: async ({ to, text }) => passOnMail(to, text) },
    apps: [
      {
        id: 'bench',
        name: 'Bench',
        allowPublicSignup: true,
        preferences: { puzzles },
        clients: [
          {
            id: relyingParty.clientId,
            secret: relyingParty.clientSecret,
            redirectUris: [relyingParty.redirectUri, `${url}/callback`],
            origins: [url],
          },
        ],
      },
      {
        id: 'bench-password',
        name: 'Bench with passwords',
        allowPublicSignup: true,
        preferences: { puzzles, methods: { password: { isOn: true }, passkey: { isOn: false } } },
        clients: [{ id: relyingParty.passwordClientId, isPublic: true, redirectUris: [relyingParty.redirectUri], origins: [url] }],
      },
    ],
    limits,
    log: { info: () => {}, warn: () => {}, error: (event, fields) => void process.stderr.write(`${event} ${JSON.stringify(fields)}\n`) },
  });
  const web = signIn({
    issuer: auth.issuer,
    clientId: relyingParty.clientId,
    clientSecret: relyingParty.clientSecret,
    redirectUri: `${url}/callback`,
    cookieSecret: 'a-secret-of-the-web-app-of-the-benchmark',
  });
  const app = new Koa();
  app.use(auth.middleware()).use(web).use((ctx) => {
    ctx.body = { sub: ctx.state.session?.user.sub };
  });
  return app.callback();
});
