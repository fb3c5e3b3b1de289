/**
 * What oidc-provider is asked for, as a client of `servers/oidc-provider.ts` asks. Like for like with Portico is the
 * JWT access token: the exchanges ask for it by naming a resource. Userinfo and introspection are asked with the opaque
 * one, since oidc-provider takes no other there.
 */
import { createHash } from 'node:crypto';
import { createCookieJar } from '../load/cookie-jar.ts';
import { expectJson, expectStatus, type Answer, type HttpClient } from '../load/http-client.ts';
import { rememberMany } from '../run/remember.ts';
import type { Prepare, Scene } from '../scenario.ts';
import { relyingParty } from '../servers/relying-party.ts';

const resource = 'https://api.bench.example/';
/** RFC 6749, section 2.3.1. */
const authorization = `Basic ${Buffer.from(`${relyingParty.clientId}:${relyingParty.clientSecret}`).toString('base64')}`;
const pkceChallenge = createHash('sha256').update(relyingParty.pkceVerifier).digest('base64url');
const authorizePath = `/auth?${new URLSearchParams({
  client_id: relyingParty.clientId,
  redirect_uri: relyingParty.redirectUri,
  response_type: 'code',
  scope: relyingParty.scope,
  // OpenID Connect Core, section 11: without it a web client gets no offline access.
  prompt: 'consent',
  resource,
  code_challenge: pkceChallenge,
  code_challenge_method: 'S256',
  state: 'state',
})}`;

/** The form of access token: `jwt` for an API, or `opaque`, as oidc-provider gives when none is named. */
type TokenFormat = 'jwt' | 'opaque';

/** ID token, access token as JWT and refresh token for a code. Each code has a session and a grant of its own: see servers/oidc-provider-codes.ts. */
export const exchangeCode: Prepare = prepareExchange;

/** Each worker rotates its own refresh token for an ID token, an access token as JWT and the next refresh token. */
export const refresh: Prepare = prepareRefresh;

/** Userinfo with an opaque access token, one of each worker. */
export const readUserinfo: Prepare = async (scene) => {
  const { http } = scene;
  const headers = (await findTokens(scene, scene.workers)).map(({ access_token: token }) => ({ authorization: `Bearer ${token}` }));
  return async (worker) => {
    expectText(await http.ask('/me', { headers: headers[worker] ?? {} }), `"email":"${relyingParty.email}"`);
  };
};

/** Introspection of an opaque access token, one of each worker. */
export const introspect: Prepare = async (scene) => {
  const { http } = scene;
  const forms = (await findTokens(scene, scene.workers)).map(({ access_token: token }) => ({ token }));
  return async (worker) => {
    expectText(await http.ask('/token/introspection', { method: 'POST', headers: { authorization }, form: forms[worker] ?? {} }), '"active":true');
  };
};

export const showDiscovery: Prepare = ({ http }) => prepareShow(http, '/.well-known/openid-configuration', '"token_endpoint":');

export const showJwks: Prepare = ({ http }) => prepareShow(http, '/jwks', '"kty":"EC"');

async function prepareShow(http: HttpClient, path: string, expected: string): ReturnType<Prepare> {
  return async () => expectText(await http.ask(path), expected);
}

async function prepareExchange({ http, server, supply }: Scene): ReturnType<Prepare> {
  const codes = [...(await server.copyCode({ like: await fetchCode(http), count: supply }))];
  return async () => {
    const code = codes.pop();
    if (code === undefined) return 'done';
    return void expectTokens(await askForTokens(http, codeForm(code, 'jwt')));
  };
}

async function prepareRefresh(scene: Scene): ReturnType<Prepare> {
  const { http } = scene;
  const refreshTokens = await findRefreshTokens(scene, scene.workers);
  return async (worker) => {
    const form = { grant_type: 'refresh_token', refresh_token: refreshTokens[worker] ?? '', resource };
    const { refresh_token: next } = expectTokens(await askForTokens(http, form));
    if (next === refreshTokens[worker]) throw new Error('the refresh token was not rotated');
    refreshTokens[worker] = next;
  };
}

export function askForTokens(http: HttpClient, form: Readonly<Record<string, string>>): Promise<Answer> {
  return http.ask('/token', { method: 'POST', headers: { authorization }, form });
}

export function expectTokens(answer: Answer): Record<'access_token' | 'id_token' | 'refresh_token', string> {
  return expectJson(answer, 'access_token', 'id_token', 'refresh_token');
}

export function codeForm(code: string, format: TokenFormat): Record<string, string> {
  const { redirectUri, pkceVerifier } = relyingParty;
  return { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: pkceVerifier, ...(format === 'jwt' ? { resource } : {}) };
}

/** Tokens of a code for each worker, the access token opaque. */
const findTokens = rememberMany(async ({ http }) => expectTokens(await askForTokens(http, codeForm(await fetchCode(http), 'opaque'))));

const findRefreshTokens = rememberMany(async (scene, index) => (await findTokens(scene, scene.workers))[index]?.refresh_token ?? '');

/** A browser that nobody is signed in to: to the authorization endpoint, through the interaction, back with a code. */
export async function fetchCode(http: HttpClient): Promise<string> {
  const cookies = createCookieJar();
  let path = authorizePath;
  for (let redirects = 0; redirects < 5; redirects += 1) {
    const answer = cookies.keep(expectStatus(await http.ask(path, { headers: cookies.header() }), 303));
    const { href, pathname, search, searchParams } = new URL(String(answer.headers['location']), 'http://localhost');
    const code = searchParams.get('code');
    if (code !== null) return code;
    if (href.startsWith(relyingParty.redirectUri)) throw new Error(`no code in ${href}`);
    path = `${pathname}${search}`;
  }
  throw new Error('oidc-provider redirects in circles');
}

function expectText(answer: Answer, text: string): void {
  if (!expectStatus(answer, 200).text.includes(text)) throw new Error(`no ${text} in ${answer.text.slice(0, 300)}`);
}
