/** An app whose people can sign in with a provider: a real OpenID issuer on loopback, with its own pages. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { emailCode, oidc, social, type MethodOption } from '@portico/koa';
import Provider from 'oidc-provider';
import { startApp, type StartedApp } from './start-app.ts';
import { freePort } from './start-example.ts';

const client = { clientId: 'the-app', clientSecret: 'a-secret-that-the-upstream-of-the-stories-gave' };

/** Everybody's address there is what they sign in as, and is theirs; who is called `bare…` has none. */
function serve(url: string, { origin }: StartedApp): RequestListener {
  const provider = new Provider(url, {
    clients: [{ client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: [`${origin}/auth/social/corp/callback`] }],
    cookies: { keys: ['a-key-of-the-stories'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...(sub.startsWith('bare') ? {} : { email: sub, email_verified: true }) }) }),
    pkce: { required: () => true },
  });
  return provider.callback();
}

export async function startAppWithProvider(others: readonly MethodOption[] = [emailCode()]): Promise<StartedApp> {
  // oidc-provider warns of everything that makes it a test's issuer; nothing of ours writes there.
  console.info = () => undefined;
  console.warn = () => undefined;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const providers = [oidc({ ...client, id: 'corp', name: 'Corp', issuer: url })];
  const app = await startApp({}, [...others, social({ providers, domains: { 'corp.test': 'corp' } })]);
  const server = createServer({ keepAliveTimeout: 0 }, serve(url, app)).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    ...app,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await app.stop();
    },
  };
}
