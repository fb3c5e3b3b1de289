/** A real OpenID issuer on loopback (oidc-provider), and somebody who signs in there. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

// oidc-provider warns of everything that makes it a test's issuer; nothing of ours writes there.
console.info = () => undefined;
console.warn = () => undefined;

export const upstreamClient = { clientId: 'portico', clientSecret: 'a-secret-that-the-upstream-of-the-tests-has-given' };

/** Who is known there. What is said of an address is in its name. */
function claimsOf(login: string): Record<string, string | boolean> {
  if (login.startsWith('bare-')) return {};
  const email = login.includes('@') ? login : `${login}@example.test`;
  return { email, email_verified: !login.startsWith('unproved-'), name: 'Robin Upstream' };
}

/** A server whose address is known before what it serves. */
export async function listenLater(): Promise<{ readonly url: string; handle: RequestListener; close(): Promise<void> }> {
  const held: { handle: RequestListener } = { handle: (_, response) => response.end() };
  const server: Server = createServer({ keepAliveTimeout: 0 }, (request, response) => held.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(held, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

export function serveIssuer(url: string, redirectUris: readonly string[]): RequestListener {
  const provider = new Provider(url, {
    clients: [{ client_id: upstreamClient.clientId, client_secret: upstreamClient.clientSecret, redirect_uris: [...redirectUris] }],
    cookies: { keys: ['a-key-of-the-test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...claimsOf(sub) }) }),
    pkce: { required: () => true },
  });
  return provider.callback();
}

/** Through the issuer's login and consent pages, in a browser of no other cookies, to the address that it sends back to. */
export async function passUpstream(address: string, login: string): Promise<string> {
  const jar = new Map<string, string>();
  const issuer = new URL(address).origin;
  let at = address;
  let form: URLSearchParams | undefined;
  for (let steps = 0; steps < 15; steps += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(at, { redirect: 'manual', headers: { cookie, accept: 'text/html' }, ...(form === undefined ? {} : { method: 'POST', body: form }) });
    form = undefined;
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = response.headers.get('location');
    const page = await response.text();
    if (location !== null) {
      at = new URL(location, at).href;
      if (!at.startsWith(issuer)) return at;
      continue;
    }
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    const action = /action="([^"]+)"/.exec(page)?.[1];
    if (prompt === undefined || action === undefined) throw new Error(`${response.status} at ${at}: ${page.slice(0, 400)}`);
    at = new URL(action, at).href;
    form = new URLSearchParams({ prompt, login, password: 'x' });
  }
  throw new Error('the issuer goes round in circles');
}
