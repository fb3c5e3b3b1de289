/** An app whose people can sign in with a provider: a real OpenID issuer on loopback, with its own pages. */
import type { RequestListener } from 'node:http';
import { emailCode, oidc, social, type MethodOption } from '@portico/koa';
import Provider from 'oidc-provider';
import { listen, startApp, type StartedApp } from './start-app.ts';

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
  const { server, port } = await listen();
  // Another host than the app's, as providers are: cookies do not tell ports apart.
  const url = `http://127.0.0.1:${port}`;
  const providers = [oidc({ ...client, id: 'corp', name: 'Corp', issuer: url })];
  const app = await startApp({}, [...others, social({ providers, domains: { 'corp.test': 'corp' } })]).catch((fault: unknown) => {
    server.close();
    throw fault;
  });
  server.on('request', serve(url, app));
  return {
    ...app,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await app.stop();
    },
  };
}
