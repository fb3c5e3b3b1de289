/** What a client of the tests does: asks for a code, exchanges it, uses the tokens. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { Browser, isDone, type Reachable, type Reply } from './browser.ts';
import { clientSecret, otherSecret, type Portico } from './start-portico.ts';

export interface TokenBody {
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly scope: string;
  readonly error?: string;
  readonly error_description?: string;
}

interface Known {
  readonly secret?: string;
  readonly path: string;
}

const clients: Readonly<Record<string, Known>> = {
  'notes-web': { secret: clientSecret, path: '/callback' },
  'notes-spa': { path: '/spa' },
  'other-web': { secret: otherSecret, path: '/other' },
};

export interface RelyingParty {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly verifier: string;
  /** The parameters of an authorization request. */
  readonly request: Readonly<Record<string, string>>;
  readonly authentication: Readonly<Record<string, string>>;
  /** `GET /authorize` with changes; an empty value takes a parameter away. */
  authorize(browser: Browser, changes?: Readonly<Record<string, string>>): Promise<Reply>;
  token(form: Readonly<Record<string, string>>, headers?: Record<string, string>): Promise<Reply<TokenBody>>;
  exchange(code: string, changes?: Readonly<Record<string, string>>): Promise<Reply<TokenBody>>;
  refresh(refreshToken: string, changes?: Readonly<Record<string, string>>): Promise<Reply<TokenBody>>;
  push(changes?: Readonly<Record<string, string>>): Promise<Reply<{ readonly request_uri: string; readonly expires_in: number; readonly error?: string }>>;
  /** A code of somebody who signs in for it. */
  codeFor(browser: Browser, email: string, changes?: Readonly<Record<string, string>>): Promise<string>;
  /** Tokens of somebody who signs in for them. */
  tokensFor(browser: Browser, email: string, changes?: Readonly<Record<string, string>>): Promise<TokenBody>;
}

const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

function withChanges(parameters: Readonly<Record<string, string>>, changes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...parameters, ...changes }).filter(([, value]) => value !== ''));
}

export function relyingParty(service: Reachable, clientId = 'notes-web'): RelyingParty {
  const { secret, path } = clients[clientId] ?? { path: '/' };
  const redirectUri = `${service.origin}${path}`;
  const verifier = randomBytes(32).toString('base64url');
  const server = new Browser(service);
  const authentication = secret === undefined ? {} : { Authorization: basic(clientId, secret) };
  const request = {
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid email offline_access',
    state: randomBytes(8).toString('hex'),
    nonce: randomBytes(8).toString('hex'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  const post = async <Body>(to: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Reply<Body>> => {
    const naming = secret === undefined ? { client_id: clientId } : {};
    return (await server.fetch(to, { method: 'POST', body: new URLSearchParams({ ...naming, ...form }), headers: { ...authentication, ...headers } })) as Reply<Body>;
  };
  const party: RelyingParty = {
    clientId, redirectUri, verifier, request, authentication,
    authorize: (browser, changes = {}) => browser.fetch(`/authorize?${new URLSearchParams(withChanges(request, changes)).toString()}`),
    token: (form, headers) => post('/token', { ...form }, headers),
    exchange: (code, changes = {}) =>
      party.token(withChanges({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }, changes)),
    refresh: (refreshToken, changes = {}) => party.token(withChanges({ grant_type: 'refresh_token', refresh_token: refreshToken }, changes)),
    push: (changes = {}) => post('/par', withChanges(request, changes)),
    codeFor: async (browser, email, changes = {}) => {
      const done = await browser.signIn(email, withChanges(request, changes));
      return codeIn(done.redirect_to);
    },
    tokensFor: async (browser, email, changes) => {
      const reply = await party.exchange(await party.codeFor(browser, email, changes));
      assert.equal(reply.status, 200, reply.text);
      return reply.body;
    },
  };
  return party;
}

/** The parameters of an answer that goes to the client. */
export function answerIn(address: string | null | undefined): URLSearchParams {
  assert.ok(address, 'there is no address to go to');
  return new URL(address).searchParams;
}

export function codeIn(address: string | null | undefined): string {
  const answer = answerIn(address);
  const code = answer.get('code');
  assert.ok(code, `no code in ${answer.toString()}`);
  return code;
}

/** From `/authorize` over the sign-in page, to where the client gets its answer. */
export async function signInAt(browser: Browser, reply: Reply, { service, email }: { readonly service: Portico; readonly email: string }): Promise<string> {
  const page = new URL(reply.headers.get('Location') ?? '', service.origin);
  assert.equal(page.pathname, `${new URL(service.issuer).pathname.replace(/\/$/, '')}/login`);
  assert.equal((await browser.fetch(page.href)).status, 200);
  const clientId = page.searchParams.get('client_id');
  const requestUri = page.searchParams.get('request_uri');
  await browser.startFlow({ client_id: clientId, request_uri: requestUri });
  await browser.act('submit-identifier', { identifier: email });
  await service.deliver();
  const done = isDone(await browser.typeCode(email));
  assert.ok(done.redirect_to);
  return done.redirect_to;
}

/** The claims of a JWT, its signature unchecked. */
export function claimsOf(token: string | undefined): Record<string, unknown> {
  assert.ok(token, 'there is no token');
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
}
