/** What is measured of Portico. Each makes ready what it needs, and returns the step that counts. */
import { createCookieJar } from '../load/cookie-jar.ts';
import type { Step } from '../load/drive.ts';
import { expectJson, type HttpClient } from '../load/http-client.ts';
import { makeMany, rememberMany } from '../run/remember.ts';
import type { Prepare } from '../scenario.ts';
import { relyingParty } from '../servers/relying-party.ts';
import { createPorticoBrowser, fetchCode } from './portico-browser.ts';

const { clientId, clientSecret, redirectUri, pkceVerifier, password } = relyingParty;
const asClient = { authorization: `Basic ${btoa(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`)}` };

type Tokens = Record<'access_token' | 'refresh_token' | 'id_token', string>;

async function exchange(http: HttpClient, code: string): Promise<Tokens> {
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: pkceVerifier };
  return expectJson(await http.ask('/auth/token', { method: 'POST', headers: asClient, form }), 'access_token', 'refresh_token', 'id_token');
}

/** One address is written to once: a person does not ask for a hundred mails either. */
let addresses = 0;
const nextAddress = (): string => `user-${(addresses += 1)}-${process.pid}@bench.example`;

/** The cookies of a browser that somebody is signed in with, one for each worker. */
const findJars = rememberMany(async (scene) => {
  const browser = createPorticoBrowser(scene);
  await browser.signInByCode(nextAddress());
  return browser.jar;
});

/** Tokens of a code for each worker. */
const findTokens = rememberMany(async (scene, index) => {
  const jar = (await findJars(scene, scene.workers))[index];
  return exchange(scene.http, await fetchCode(scene, jar));
});

/** ID token, access token as JWT and refresh token for a code. A browser fetches each code, which makes it a grant of its own. */
export const exchangeCode: Prepare = async (scene) => {
  const jars = await findJars(scene, scene.workers);
  const codes = await makeMany(scene.supply, (index) => fetchCode(scene, jars[index % jars.length]));
  return async () => {
    const code = codes.pop();
    if (code === undefined) return 'done';
    return void (await exchange(scene.http, code));
  };
};

/** Each worker rotates its own refresh token. */
const findRefreshTokens = rememberMany(async (scene, index) => (await findTokens(scene, scene.workers))[index]?.refresh_token ?? '');

export const refresh: Prepare = async (scene) => {
  const current = await findRefreshTokens(scene, scene.workers);
  return async (worker) => {
    const form = { grant_type: 'refresh_token', refresh_token: current[worker] ?? '' };
    const answer = await scene.http.ask('/auth/token', { method: 'POST', headers: asClient, form });
    const { refresh_token: next } = expectJson(answer, 'access_token', 'refresh_token', 'id_token');
    if (next === current[worker]) throw new Error('the refresh token was not rotated');
    current[worker] = next;
  };
};

/** With an access token as JWT, one of each worker. */
export const readUserinfo: Prepare = async (scene) => {
  const headers = (await findTokens(scene, scene.workers)).map(({ access_token: token }) => ({ authorization: `Bearer ${token}` }));
  return async (worker) => void expectJson(await scene.http.ask('/auth/userinfo', { headers: headers[worker] ?? {} }), 'sub', 'email');
};

/** Of an access token as JWT, one of each worker. */
export const introspect: Prepare = async (scene) => {
  const forms = (await findTokens(scene, scene.workers)).map(({ access_token: token }) => ({ token }));
  return async (worker) => {
    const answer = await scene.http.ask('/auth/introspect', { method: 'POST', headers: asClient, form: forms[worker] ?? {} });
    expectJson(answer, 'active', 'sub');
  };
};

/** The issuer's own session, looked up in the store: what a person sees at "where am I signed in". */
export const checkSession: Prepare = async (scene) => {
  const headers = (await findJars(scene, scene.workers)).map((jar) => jar.header());
  return async (worker) => void expectJson(await scene.http.ask('/auth/account/v1/sessions', { headers: headers[worker] ?? {} }), 'sessions');
};

/** The session of a web app behind `signIn()`, in its encrypted cookie, one of each worker. */
export const checkCachedSession: Prepare = async (scene) => {
  const headers = (await findWebJars(scene, scene.workers)).map((jar) => jar.header());
  return async (worker) => void expectJson(await scene.http.ask('/me', { headers: headers[worker] ?? {} }), 'sub');
};

const findWebJars = rememberMany(async (scene, index) => {
  const jar = (await findJars(scene, scene.workers))[index] ?? createCookieJar();
  let path = '/login';
  for (let hops = 0; hops < 5; hops += 1) {
    const answer = jar.keep(await scene.http.ask(path, { headers: { ...jar.header(), accept: 'text/html' } }));
    const target = answer.headers['location'];
    if (target === undefined) break;
    const next = new URL(String(target), scene.server.url);
    path = next.pathname + next.search;
  }
  return jar;
});

/** People who have signed in before: so many that nobody is written to too often. */
const members = 256;

const findMembers = rememberMany(async (scene) => {
  const email = nextAddress();
  await createPorticoBrowser(scene).signInByCode(email);
  return email;
});

export const signInByEmailCode: Prepare = async (scene) => {
  const addressBook = await findMembers(scene, members);
  let turn = 0;
  return async () => createPorticoBrowser(scene).signInByCode(addressBook[(turn += 1) % members] ?? '');
};

const findPasswordMembers = rememberMany(async (scene) => {
  const email = nextAddress();
  await createPorticoBrowser(scene).signUpWithPassword(email, password);
  return email;
});

/** A known user of each worker. */
export const signInByPassword: Prepare = async (scene) => {
  const emails = await findPasswordMembers(scene, scene.workers);
  return async (worker) => createPorticoBrowser(scene).signInByPassword(emails[worker] ?? '', password);
};

const findAuthenticators = rememberMany(async (scene) => {
  const browser = createPorticoBrowser(scene);
  await browser.signUpWithPasskey(nextAddress());
  return browser.authenticator;
});

/** A known user of each worker, from a browser without cookies. */
export const signInByPasskey: Prepare = async (scene) => {
  const authenticators = await findAuthenticators(scene, scene.workers);
  return async (worker) => createPorticoBrowser(scene, authenticators[worker]).signInByPasskey();
};

const show = (path: string, field: string): Prepare => ({ http }): Promise<Step> => Promise.resolve(async () => {
  expectJson(await http.ask(path), field);
});

export const showPreferences = show(`/auth/preferences?client_id=${clientId}`, 'methods');
export const showDiscovery = show('/.well-known/openid-configuration/auth', 'issuer');
export const showJwks = show('/auth/jwks', 'keys');
