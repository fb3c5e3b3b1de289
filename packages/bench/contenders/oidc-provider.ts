/**
 * What oidc-provider is asked for, as a client of `servers/oidc-provider.ts` asks. Like for like with Portico is the
 * JWT access token: the exchanges ask for it by naming a resource. Userinfo and introspection are asked with the opaque
 * one, since oidc-provider takes no other there.
 */
import { createHash } from 'node:crypto';
import { createCookieJar } from '../load/cookie-jar.ts';
import { expectJson, expectStatus, type Answer, type HttpClient } from '../load/http-client.ts';
import type { Prepare } from '../scenario.ts';
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

/** ID token, access token as JWT and refresh token for a code. Each code comes from a browser, a session and a grant of its own. */
export const exchangeCode: Prepare = prepareExchange;

/** Each worker rotates its own refresh token for an ID token, an access token as JWT and the next refresh token. */
export const refresh: Prepare = prepareRefresh;

/** Userinfo with an opaque access token, one of each worker. */
export const readUserinfo: Prepare = async ({ http, workers }) => {
  const headers = (await makeTokens(http, workers)).map(({ access_token: token }) => ({ authorization: `Bearer ${token}` }));
  return async (worker) => {
    expectText(await http.ask('/me', { headers: headers[worker] ?? {} }), `"email":"${relyingParty.email}"`);
  };
};

/** Introspection of an opaque access token, one of each worker. */
export const introspect: Prepare = async ({ http, workers }) => {
  const forms = (await makeTokens(http, workers)).map(({ access_token: token }) => ({ token }));
  return async (worker) => {
    expectText(await http.ask('/token/introspection', { method: 'POST', headers: { authorization }, form: forms[worker] ?? {} }), '"active":true');
  };
};

export const showDiscovery: Prepare = ({ http }) => prepareShow(http, '/.well-known/openid-configuration', '"token_endpoint":');

export const showJwks: Prepare = ({ http }) => prepareShow(http, '/jwks', '"kty":"EC"');

async function prepareShow(http: HttpClient, path: string, expected: string): ReturnType<Prepare> {
  return async () => expectText(await http.ask(path), expected);
}

async function prepareExchange({ http, workers, supply }: Parameters<Prepare>[0]): ReturnType<Prepare> {
  const codes = await makeCodes(http, { workers, count: supply });
  return async () => {
    const code = codes.pop();
    if (code === undefined) return 'done';
    return void expectTokens(await askForTokens(http, codeForm(code, 'jwt')));
  };
}

async function prepareRefresh({ http, workers }: Parameters<Prepare>[0]): ReturnType<Prepare> {
  const refreshTokens = (await makeTokens(http, workers)).map(({ refresh_token: token }) => token);
  return async (worker) => {
    const form = { grant_type: 'refresh_token', refresh_token: refreshTokens[worker] ?? '', resource };
    const { refresh_token: next } = expectTokens(await askForTokens(http, form));
    if (next === refreshTokens[worker]) throw new Error('the refresh token was not rotated');
    refreshTokens[worker] = next;
  };
}

function askForTokens(http: HttpClient, form: Readonly<Record<string, string>>): Promise<Answer> {
  return http.ask('/token', { method: 'POST', headers: { authorization }, form });
}

function expectTokens(answer: Answer): Record<'access_token' | 'id_token' | 'refresh_token', string> {
  return expectJson(answer, 'access_token', 'id_token', 'refresh_token');
}

function codeForm(code: string, format: TokenFormat): Record<string, string> {
  const { redirectUri, pkceVerifier } = relyingParty;
  return { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: pkceVerifier, ...(format === 'jwt' ? { resource } : {}) };
}

/** Tokens of a code for each worker, the access token opaque. */
async function makeTokens(http: HttpClient, workers: number): Promise<readonly ReturnType<typeof expectTokens>[]> {
  const codes = await makeCodes(http, { workers, count: workers });
  return Promise.all(codes.map(async (code) => expectTokens(await askForTokens(http, codeForm(code, 'opaque')))));
}

async function makeCodes(http: HttpClient, { workers, count }: { readonly workers: number; readonly count: number }): Promise<string[]> {
  const codes: string[] = [];
  let begun = 0;
  const work = async (): Promise<void> => {
    while (begun < count) {
      begun += 1;
      codes.push(await makeCode(http));
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return codes;
}

/** A browser that nobody is signed in to: to the authorization endpoint, through the interaction, back with a code. */
async function makeCode(http: HttpClient): Promise<string> {
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
