/** A provider that misbehaves in whichever way a test wants: discovery, tokens and profile are what it is told to say. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

/** What is said instead of the right thing. */
export interface Oddity {
  /** Claims that are other than they should be; `undefined` takes one away. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Signs with a key that it never published. */
  readonly isForged?: boolean;
  readonly algorithm?: 'none';
  readonly tokenStatus?: number;
  readonly tokenHeaders?: Readonly<Record<string, string>>;
  /** In the place of the token endpoint's whole answer. */
  readonly tokenBody?: unknown;
  readonly profileStatus?: number;
  readonly profile?: unknown;
  /** Closes the connection, or says nothing for ever. */
  readonly network?: 'cut' | 'silent';
  readonly redirects?: boolean;
  /** As large an answer as anybody could be sent. */
  readonly isHuge?: boolean;
}

export interface OddUpstream {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** How it behaves from now on. */
  behave(oddity?: Oddity): void;
  /** Nonces of the questions that it was asked, for its tokens to repeat. */
  expect(nonce: string | null): void;
  /** Forms that the token endpoint was sent, with the header that authenticated them. */
  readonly asked: { readonly form: URLSearchParams; readonly authorization: string | undefined }[];
}

export async function createOddUpstream(url: string): Promise<OddUpstream> {
  const [own, forged] = await Promise.all([generateKeyPair('RS256', { extractable: true }), generateKeyPair('RS256')]);
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' };
  let oddity: Oddity = {};
  let nonce: string | null = null;
  const asked: OddUpstream['asked'] = [];
  const send = (response: ServerResponse, body: unknown, status = 200): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', url);
    if (pathname === '/.well-known/openid-configuration') return send(response, { issuer: url, authorization_endpoint: `${url}/auth`, token_endpoint: `${url}/token`, jwks_uri: `${url}/jwks`, userinfo_endpoint: `${url}/me`, authorization_response_iss_parameter_supported: true });
    if (pathname === '/jwks') return send(response, { keys: [jwk] });
    if (oddity.network === 'cut') return void response.destroy();
    if (oddity.network === 'silent') return;
    if (oddity.redirects === true) return void response.writeHead(307, { location: `${url}/elsewhere` }).end();
    if (oddity.isHuge === true) return send(response, { filler: 'x'.repeat(2_000_000) });
    if (pathname === '/me') return send(response, oddity.profile ?? { sub: 'odd-1' }, oddity.profileStatus);
    if (pathname !== '/token') return send(response, {}, 404);
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    asked.push({ form: new URLSearchParams(Buffer.concat(parts).toString()), authorization: request.headers.authorization });
    for (const [name, value] of Object.entries(oddity.tokenHeaders ?? {})) response.setHeader(name, value);
    if (oddity.tokenBody !== undefined || oddity.tokenStatus !== undefined) return send(response, oddity.tokenBody ?? {}, oddity.tokenStatus);
    send(response, { access_token: 'upstream-access-token', token_type: 'Bearer', expires_in: 3_600, refresh_token: 'upstream-refresh-token', id_token: await idToken(url, { oddity, nonce, own, forged }) });
  };
  return {
    asked,
    behave: (next = {}) => void (oddity = next),
    expect: (next) => void (nonce = next),
    handle: (request, response) => void answer(request, response).catch(() => response.destroy()),
  };
}

async function idToken(issuer: string, { oddity, nonce, own, forged }: { oddity: Oddity; nonce: string | null; own: KeyPair; forged: KeyPair }): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const right = { iss: issuer, sub: 'odd-1', aud: 'portico', iat: now, exp: now + 300, nonce: nonce ?? undefined, email: 'odd@example.test', email_verified: true };
  const claims = Object.fromEntries(Object.entries({ ...right, ...oddity.claims }).filter(([, value]) => value !== undefined)) as JWTPayload;
  if (oddity.algorithm === 'none') return `${encode({ alg: 'none' })}.${encode(claims)}.`;
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'own' }).sign(oddity.isForged === true ? forged.privateKey : own.privateKey);
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
