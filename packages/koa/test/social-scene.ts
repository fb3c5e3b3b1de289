/** A service with providers on: a real issuer, and one that misbehaves as it is told. */
import assert from 'node:assert/strict';
import type { OpenStore } from '../src/index.ts';
import { emailCode, magicLink, oauth2, oidc, passkey, social, type MethodOption, type SocialOptions } from '../src/index.ts';
import { Browser, isAt, isDone, type FlowBody, type Reply } from './browser.ts';
import { createOddUpstream, type OddUpstream } from './odd-upstream.ts';
import { startPortico, type Portico, type PorticoOptions } from './start-portico.ts';
import { listenLater, passUpstream, serveIssuer, upstreamClient } from './upstream-issuer.ts';

export interface SocialPortico extends Portico {
  readonly odd: OddUpstream;
  /** The misbehaving provider's address. */
  readonly oddUrl: string;
}

export interface SocialSceneOptions extends PorticoOptions {
  readonly methods?: readonly MethodOption[];
  readonly domains?: SocialOptions['domains'];
  readonly store?: OpenStore;
  /** Keeps the tokens of `odd`. */
  readonly keepTokens?: boolean;
}

/** `corp` is the real issuer; `odd` and `plain` (OAuth 2.0 alone) are the one that misbehaves. */
export async function startWithProviders({ methods = [passkey(), emailCode(), magicLink()], domains = {}, store, auth, keepTokens = false, ...options }: SocialSceneOptions = {}): Promise<SocialPortico> {
  const [real, odd] = await Promise.all([listenLater(), listenLater()]);
  const upstream = await createOddUpstream(odd.url);
  odd.handle = upstream.handle;
  const providers = [
    oidc({ ...upstreamClient, id: 'corp', name: 'Corp', issuer: real.url }),
    oidc({ ...upstreamClient, id: 'odd', name: 'Odd', issuer: odd.url, keepTokens }),
    oauth2({ ...upstreamClient, id: 'plain', name: 'Plain', authorizationEndpoint: `${odd.url}/auth`, tokenEndpoint: `${odd.url}/token`, profileEndpoint: `${odd.url}/me`, scope: 'profile', issuer: `${odd.url}/plain` }),
  ];
  const service = await startPortico({ ...options, auth: { methods: [...methods, social({ providers, domains })], ...(store === undefined ? {} : { store: { open: () => Promise.resolve(store) } }), ...auth } });
  real.handle = serveIssuer(real.url, [`${service.issuer}/social/corp/callback`]);
  return {
    ...service,
    odd: upstream,
    oddUrl: odd.url,
    close: async () => {
      await service.close();
      await Promise.all([real.close(), odd.close()]);
    },
  };
}

/** Who stands at the step that leads to a provider, and where it leads. */
export interface Door {
  readonly browser: Browser;
  readonly leaveTo: string;
}

/** At the step that leads to a provider. */
export async function atTheDoor(service: Portico, provider: string, { browser = new Browser(service), ...request }: { readonly browser?: Browser; readonly [name: string]: unknown } = {}): Promise<Door> {
  if (browser.handle === '') await browser.startFlow({ create_new_user: true, ...request });
  const view = isAt((await browser.act('choose-method', { method: 'social', provider })).body, 'leave-to-provider');
  assert.ok(view.leave_to);
  return { browser, leaveTo: view.leave_to };
}

/** The question as the provider is asked it. */
export async function askedOf(browser: Browser, leaveTo: string): Promise<URL> {
  const reply = await browser.fetch(leaveTo);
  assert.equal(reply.status, 303, reply.text);
  return new URL(reply.headers.get('Location') ?? '');
}

/** To the real issuer and back, up to the page that waits. */
export async function comeBackFrom(service: Portico, { browser, leaveTo }: Door, login: string): Promise<Reply> {
  const back = await passUpstream((await askedOf(browser, leaveTo)).href, login);
  assert.ok(back.startsWith(`${service.issuer}/social/corp/callback?`), back);
  return browser.fetch(back);
}

/** Goes to the real issuer as somebody, comes back, and goes on. */
export async function goThrough(service: Portico, login: string, options: Parameters<typeof atTheDoor>[2] = {}): Promise<{ readonly browser: Browser; readonly reply: Reply<FlowBody> }> {
  const { browser, leaveTo } = await atTheDoor(service, 'corp', options);
  const window = await comeBackFrom(service, { browser, leaveTo }, login);
  assert.equal(window.status, 200, window.text);
  assert.equal(isAt((await browser.look()).body, 'leave-to-provider').is_approved, true);
  return { browser, reply: await browser.act('approve') };
}

/** Past the offer of a passkey, to the end. */
export async function finish(browser: Browser, reply: { readonly body: FlowBody }): Promise<FlowBody & { readonly step: 'done' }> {
  return isDone(reply.body.step === 'enroll-passkey' ? (await browser.act('skip')).body : reply.body);
}

/** Where the misbehaving provider sends the browser back to. */
export async function answerOf(service: SocialPortico, { browser, leaveTo }: Door, changes: Readonly<Record<string, string>> = {}): Promise<string> {
  const asked = await askedOf(browser, leaveTo);
  service.odd.expect(asked.searchParams.get('nonce'));
  const redirectUri = asked.searchParams.get('redirect_uri') ?? '';
  const iss = redirectUri.includes('/plain/') ? `${service.oddUrl}/plain` : service.oddUrl;
  const all = { code: 'upstream-code', state: asked.searchParams.get('state') ?? '', iss, ...changes };
  const query = new URLSearchParams(Object.entries(all).filter(([, value]) => value !== ''));
  return `${redirectUri}?${query.toString()}`;
}

/** An answer of the misbehaving provider, as it comes back through the browser. */
export async function answerOdd(service: SocialPortico, door: Door, changes: Readonly<Record<string, string>> = {}): Promise<Reply> {
  return door.browser.fetch(await answerOf(service, door, changes));
}
