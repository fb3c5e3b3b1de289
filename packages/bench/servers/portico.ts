/** Portico as its README mounts it: one app, one client, everything on one store. Arguments: `sqlite` and a file, or `postgres` and an address. */
import { createAuth, emailCode, passkey, postgres, sqlite, type StoreOpener } from '@portico/koa';
import Koa from 'koa';
import { relyingParty } from './relying-party.ts';
import { passOnMail, serve } from './serve.ts';

const [engine, place = ''] = process.argv.slice(2);
const store: StoreOpener = engine === 'postgres' ? postgres(place) : sqlite(place);
/** The measurer is one caller that does what thousands would. */
const limits = { flowsPerMinute: 1_000_000, mailsPerHour: 1_000_000 };

await serve(async (url) => {
  const auth = await createAuth({
    issuer: `${url}/auth`,
    store,
    secret: 'a-secret-of-the-host-of-the-benchmark-only',
    methods: [passkey({ allowsSignUpAlone: true }), emailCode()],
    mailer: { send: async ({ to, text }) => passOnMail(to, text) },
    apps: [
      {
        id: 'bench',
        name: 'Bench',
        allowPublicSignup: true,
        clients: [
          {
            id: relyingParty.clientId,
            secret: relyingParty.clientSecret,
            redirectUris: [relyingParty.redirectUri],
            origins: [url],
          },
        ],
      },
    ],
    limits,
    log: { info: () => {}, warn: () => {}, error: (event, fields) => void process.stderr.write(`${event} ${JSON.stringify(fields)}\n`) },
  });
  return new Koa().use(auth.middleware()).callback();
});
