import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JSONWebKeySet, type JWK } from 'jose';

export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export async function createKey(kid: string, alg = 'ES256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

export const keySet = (...keys: readonly SigningKey[]): JSONWebKeySet => ({ keys: keys.map(({ publicJwk }) => publicJwk) });

export interface TokenParts {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly without?: readonly string[];
}

/** A good token, but for what the test says. `at` is the moment of `iat`, in seconds. */
export function signToken(key: SigningKey, at: number, { claims = {}, header = {}, without = [] }: TokenParts = {}): Promise<string> {
  const good = {
    iss: 'https://login.example',
    sub: 'user-1',
    aud: 'https://api.example',
    client_id: 'notes-web',
    jti: 'token-1',
    iat: at,
    exp: at + 300,
    scope: 'notes:read notes:write',
    roles: ['editor'],
    permissions: ['notes:delete'],
    ...claims,
  };
  const kept = Object.fromEntries(Object.entries(good).filter(([name]) => !without.includes(name)));
  return new SignJWT(kept).setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'at+jwt', ...header }).sign(key.privateKey, {
    crit: { 'urn:example:new': true },
  });
}

export interface Listening extends AsyncDisposable {
  readonly url: string;
}

export async function listen(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<Listening> {
  // Never ends a connection by itself: on a slow machine its end would meet the next request.
  const server: Server = createServer({ keepAliveTimeout: 0 }, handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
