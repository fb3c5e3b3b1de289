/** What better-auth is asked for, as a browser and as a client of `servers/better-auth.ts` ask. */
import { createHash } from 'node:crypto';
import { createAuthenticator } from '../../koa/test/software-authenticator.ts';
import { createCookieJar, type CookieJar } from '../load/cookie-jar.ts';
import { expectJson, expectStatus, type Answer, type HttpClient } from '../load/http-client.ts';
import { codeIn } from '../run/mailbox.ts';
import { makeMany, rememberMany } from '../run/remember.ts';
import type { Prepare, Scene } from '../scenario.ts';
import { relyingParty } from '../servers/relying-party.ts';

const { clientId, clientSecret, redirectUri, scope, pkceVerifier, password } = relyingParty;
const resource = 'https://api.bench.example/';
const asClient = { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` };
const authorizePath = `/api/auth/oauth2/authorize?${new URLSearchParams({
  client_id: clientId,
  redirect_uri: redirectUri,
  response_type: 'code',
  scope,
  resource,
  code_challenge: createHash('sha256').update(pkceVerifier).digest('base64url'),
  code_challenge_method: 'S256',
  state: 'state',
})}`;

type Tokens = Record<'access_token' | 'id_token' | 'refresh_token', string>;

/** People who have signed up before, as many as there are workers. */
interface Person {
  readonly email: string;
  readonly jar: CookieJar;
}

/** The session in the store: no cookie cache. */
export const checkSession: Prepare = (scene) => prepareSessionCheck(scene, '/api/auth/get-session');

/** The session in the signed cookie that `session.cookieCache` keeps for five minutes. */
export const checkCachedSession: Prepare = (scene) => prepareSessionCheck(scene, '/api/cached-auth/get-session');

/** A known user asks for a code by e-mail and signs in with it: two requests, from a browser without cookies. */
export const signInByEmailCode: Prepare = async (scene) => {
  const people = await findPeople(scene, scene.workers);
  return async (worker) => void (await signInByCode(scene, people[worker]?.email ?? ''));
};

/** A known user signs in with a password, kept as better-auth keeps it by default: scrypt with N 16384, r 16, p 1. */
export const signInByPassword: Prepare = async (scene) => {
  const people = await findPeopleWithPasswords(scene, scene.workers);
  const headers = { origin: scene.server.url };
  return async (worker) => {
    const email = people[worker]?.email ?? '';
    expectSession(await scene.http.ask('/api/auth/sign-in/email', { method: 'POST', headers, json: { email, password } }), email);
  };
};

/** A known user signs in with a discoverable passkey: two requests, from a browser without cookies. */
export const signInByPasskey: Prepare = async (scene) => {
  const { http, server } = scene;
  const headers = { origin: server.url };
  const authenticators = await findAuthenticators(scene, scene.workers);
  return async (worker) => {
    const jar = createCookieJar();
    const asked = jar.keep(expectStatus(await http.ask('/api/auth/passkey/generate-authenticate-options', { headers }), 200));
    const response = authenticators[worker]?.authenticate(JSON.parse(asked.text), { origin: server.url });
    const answer = await http.ask('/api/auth/passkey/verify-authentication', { method: 'POST', headers: { ...headers, ...jar.header() }, json: { response } });
    expectSession(answer, '"session":{');
  };
};

/** ID token, access token as JWT and refresh token for a code. Codes are made beforehand, from one session of each worker. */
export const exchangeCode: Prepare = async (scene) => {
  const codes = await makeMany(scene.supply, (index) => fetchCode(scene, index));
  return async () => {
    const code = codes.pop();
    if (code === undefined) return 'done';
    return void (await exchange(scene.http, code));
  };
};

/** Each worker rotates its own refresh token for an ID token, an access token as JWT and the next refresh token. */
export const refresh: Prepare = async (scene) => {
  const refreshTokens = await findRefreshTokens(scene, scene.workers);
  return async (worker) => {
    const form = { grant_type: 'refresh_token', refresh_token: refreshTokens[worker] ?? '', resource };
    const { refresh_token: next } = expectTokens(await scene.http.ask('/api/auth/oauth2/token', { method: 'POST', headers: asClient, form }));
    if (next === refreshTokens[worker]) throw new Error('the refresh token was not rotated');
    refreshTokens[worker] = next;
  };
};

/** Userinfo with an access token as JWT, one of each worker. */
export const readUserinfo: Prepare = async (scene) => {
  const headers = (await findTokens(scene, scene.workers)).map(({ access_token: token }) => ({ authorization: `Bearer ${token}` }));
  return async (worker) => expectText(await scene.http.ask('/api/auth/oauth2/userinfo', { headers: headers[worker] ?? {} }), '"email":"');
};

/** Introspection of an access token as JWT, one of each worker. */
export const introspect: Prepare = async (scene) => {
  const forms = (await findTokens(scene, scene.workers)).map(({ access_token: token }) => ({ token, token_type_hint: 'access_token' }));
  return async (worker) => {
    expectText(await scene.http.ask('/api/auth/oauth2/introspect', { method: 'POST', headers: asClient, form: forms[worker] ?? {} }), '"active":true');
  };
};

export const showDiscovery: Prepare = async ({ http }) => async () => {
  expectText(await http.ask('/api/auth/.well-known/openid-configuration'), '"token_endpoint":');
};

export const showJwks: Prepare = async ({ http }) => async () => expectText(await http.ask('/api/auth/jwks'), '"kty":"EC"');

async function prepareSessionCheck(scene: Scene, path: string): ReturnType<Prepare> {
  const people = await findPeople(scene, scene.workers);
  for (const { jar } of people) jar.keep(expectStatus(await scene.http.ask(path, { headers: jar.header() }), 200));
  const asked = people.map(({ email, jar }) => ({ email, headers: jar.header() }));
  return async (worker) => {
    const mine = asked[worker];
    expectText(await scene.http.ask(path, { headers: mine?.headers ?? {} }), `"email":"${mine?.email}"`);
  };
}

/** By e-mail code, which makes an account where there is none: a password of each would take most of the time. */
const findPeople = rememberMany((scene, index) => signUpByCode(scene, `person-${index}@bench.example`));

const findPeopleWithPasswords = rememberMany((scene, index) => signUp(scene, `person-${index}@bench.example`));

async function signUpByCode(scene: Scene, email: string): Promise<Person> {
  const jar = createCookieJar();
  jar.keep(await signInByCode(scene, email));
  return { email, jar };
}

async function signInByCode({ http, server }: Scene, email: string): Promise<Answer> {
  const headers = { origin: server.url };
  const sent = await http.ask('/api/auth/email-otp/send-verification-otp', { method: 'POST', headers, json: { email, type: 'sign-in' } });
  expectText(sent, '"success":true');
  const otp = codeIn(await server.mailbox.next(email));
  const answer = await http.ask('/api/auth/sign-in/email-otp', { method: 'POST', headers, json: { email, otp } });
  expectSession(answer, email);
  return answer;
}

async function signUp({ http, server }: Scene, email: string): Promise<Person> {
  const jar = createCookieJar();
  const headers = { origin: server.url };
  const answer = await http.ask('/api/auth/sign-up/email', { method: 'POST', headers, json: { name: 'A Person', email, password } });
  expectSession(jar.keep(answer), email);
  return { email, jar };
}

const findAuthenticators = rememberMany(async (scene, index) => {
  const { http, server } = scene;
  const jar = (await findPeople(scene, scene.workers))[index]?.jar ?? createCookieJar();
  const authenticator = createAuthenticator();
  const options = jar.keep(expectStatus(await http.ask('/api/auth/passkey/generate-register-options', { headers: jar.header() }), 200));
  const response = authenticator.register(JSON.parse(options.text), { origin: server.url });
  const headers = { origin: server.url, ...jar.header() };
  expectStatus(await http.ask('/api/auth/passkey/verify-registration', { method: 'POST', headers, json: { response } }), 200);
  return authenticator;
});

/** Tokens of a code for each worker. */
const findTokens = rememberMany(async (scene, index) => exchange(scene.http, await fetchCode(scene, index)));

const findRefreshTokens = rememberMany(async (scene, index) => (await findTokens(scene, scene.workers))[index]?.refresh_token ?? '');

/** With the session of one of the workers. */
async function fetchCode(scene: Scene, index: number): Promise<string> {
  const people = await findPeople(scene, scene.workers);
  return codeOf(await scene.http.ask(authorizePath, { headers: people[index % people.length]?.jar.header() ?? {} }));
}

function codeOf(answer: Answer): string {
  const code = new URL(String(expectStatus(answer, 302).headers['location']), 'http://localhost').searchParams.get('code');
  if (code === null) throw new Error(`no code in ${String(answer.headers['location'])}`);
  return code;
}

async function exchange(http: HttpClient, code: string): Promise<Tokens> {
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: pkceVerifier, resource };
  return expectTokens(await http.ask('/api/auth/oauth2/token', { method: 'POST', headers: asClient, form }));
}

function expectTokens(answer: Answer): Tokens {
  return expectJson(answer, 'access_token', 'id_token', 'refresh_token');
}

/** A session was opened: the cookie is there, and the answer is of whom it should be. */
function expectSession(answer: Answer, text: string): void {
  expectText(answer, text);
  if (!String(answer.headers['set-cookie']).includes('session_token=')) throw new Error('no session cookie was set');
}

function expectText(answer: Answer, text: string): void {
  if (!expectStatus(answer, 200).text.includes(text)) throw new Error(`no ${text} in ${answer.text.slice(0, 300)}`);
}
