/** What is measured of Portico. Each makes ready what it needs, and returns the step that counts. */
import type { Step } from '../load/drive.ts';
import { expectJson, type HttpClient } from '../load/http-client.ts';
import type { Prepare, Scene } from '../scenario.ts';
import { relyingParty } from '../servers/relying-party.ts';
import { createPorticoBrowser, fetchCode, type PorticoBrowser } from './portico-browser.ts';

const { clientId, clientSecret, redirectUri, pkceVerifier } = relyingParty;
const asClient = { authorization: `Basic ${btoa(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`)}` };

type Tokens = Record<'access_token' | 'refresh_token' | 'id_token', string>;

async function exchange(http: HttpClient, code: string): Promise<Tokens> {
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: pkceVerifier };
  return expectJson(await http.ask('/auth/token', { method: 'POST', headers: asClient, form }), 'access_token', 'refresh_token', 'id_token');
}

async function signedIn(scene: Scene): Promise<PorticoBrowser> {
  const browser = createPorticoBrowser(scene);
  await browser.signInByCode(nextAddress());
  return browser;
}

/** One address is written to once: a person does not ask for a hundred mails either. */
let addresses = 0;
const nextAddress = (): string => `user-${(addresses += 1)}-${process.pid}@bench.example`;

/** Calls `make` so often, as many at once as there are workers. */
async function makeMany<Made>(count: number, { workers }: Scene, make: (index: number) => Promise<Made>): Promise<readonly Made[]> {
  const made: Made[] = [];
  const work = async (first: number): Promise<void> => {
    for (let index = first; index < count; index += workers) made[index] = await make(index);
  };
  await Promise.all(Array.from({ length: workers }, (_, first) => work(first)));
  return made;
}

export const exchangeCode: Prepare = async (scene) => {
  const { jar } = await signedIn(scene);
  const codes = [...(await makeMany(scene.supply, scene, () => fetchCode(scene, jar)))];
  return async () => {
    const code = codes.pop();
    if (code === undefined) return 'done';
    return void (await exchange(scene.http, code));
  };
};

export const refresh: Prepare = async (scene) => {
  const { jar } = await signedIn(scene);
  const tokens = await makeMany(scene.workers, scene, async () => (await exchange(scene.http, await fetchCode(scene, jar))).refresh_token);
  const current = [...tokens];
  return async (worker) => {
    const form = { grant_type: 'refresh_token', refresh_token: current[worker] ?? '' };
    const answer = await scene.http.ask('/auth/token', { method: 'POST', headers: asClient, form });
    current[worker] = expectJson(answer, 'access_token', 'refresh_token', 'id_token').refresh_token;
  };
};

async function freshTokens(scene: Scene): Promise<Tokens> {
  const { jar } = await signedIn(scene);
  return exchange(scene.http, await fetchCode(scene, jar));
}

export const readUserinfo: Prepare = async (scene) => {
  const { access_token: token } = await freshTokens(scene);
  return async () => {
    expectJson(await scene.http.ask('/auth/userinfo', { headers: { authorization: `Bearer ${token}` } }), 'sub', 'email');
  };
};

export const introspect: Prepare = async (scene) => {
  const { access_token: token } = await freshTokens(scene);
  return async () => {
    const answer = await scene.http.ask('/auth/introspect', { method: 'POST', headers: asClient, form: { token } });
    expectJson(answer, 'active', 'sub');
  };
};

/** The issuer's own session, looked up in the store: what a person sees at "where am I signed in". */
export const checkSession: Prepare = async (scene) => {
  const { jar } = await signedIn(scene);
  const headers = jar.header();
  return async () => {
    expectJson(await scene.http.ask('/auth/account/v1/sessions', { headers }), 'sessions');
  };
};

/** The session of a web app behind `signIn()`, in its encrypted cookie. */
export const checkCachedSession: Prepare = async (scene) => {
  const { jar } = await signedIn(scene);
  const url = new URL(scene.server.url);
  let path = '/login';
  for (let hops = 0; hops < 5; hops += 1) {
    const answer = jar.keep(await scene.http.ask(path, { headers: { ...jar.header(), accept: 'text/html' } }));
    const target = answer.headers['location'];
    if (target === undefined) break;
    const next = new URL(String(target), url);
    path = next.pathname + next.search;
  }
  const headers = jar.header();
  return async () => {
    expectJson(await scene.http.ask('/me', { headers }), 'sub');
  };
};

/** People who have signed in before: so many that nobody is written to too often. */
const members = 256;

export const signInByEmailCode: Prepare = async (scene) => {
  const addressBook = await makeMany(members, scene, async () => {
    const email = nextAddress();
    await createPorticoBrowser(scene).signInByCode(email);
    return email;
  });
  let turn = 0;
  return async () => createPorticoBrowser(scene).signInByCode(addressBook[(turn += 1) % members] ?? '');
};

export const signInByPassword: Prepare = async (scene) => {
  const { password } = relyingParty;
  const email = nextAddress();
  const member = createPorticoBrowser(scene);
  await member.signUpWithPassword(email, password);
  return async () => createPorticoBrowser(scene).signInByPassword(email, password);
};

export const signInByPasskey: Prepare = async (scene) => {
  const browsers = await makeMany(scene.workers, scene, async () => {
    const browser = createPorticoBrowser(scene);
    await browser.signUpWithPasskey(nextAddress());
    return browser;
  });
  return async (worker) => browsers[worker]?.signInByPasskey();
};

const show = (path: string, field: string): Prepare => ({ http }): Promise<Step> => Promise.resolve(async () => {
  expectJson(await http.ask(path), field);
});

export const showPreferences = show(`/auth/preferences?client_id=${clientId}`, 'methods');
export const showDiscovery = show('/.well-known/openid-configuration/auth', 'issuer');
export const showJwks = show('/auth/jwks', 'keys');
