/** A service with passwords, second factors and providers that say what a test wants; people who add an account there to theirs. */
import assert from 'node:assert/strict';
import { oauth2, oidc, social, type SocialOptions } from '../src/index.ts';
import type { Identity } from '../src/model/identity.ts';
import type { User } from '../src/model/user.ts';
import { isAt, isDone, type Browser, type FlowBody, type Reply } from './browser.ts';
import type { EngineName } from './engines.ts';
import { addPerson, startWithMfa, type MfaScene, type MfaSceneOptions } from './mfa-scene.ts';
import { createOddUpstream, type OddUpstream } from './odd-upstream.ts';
import { answerOdd, atTheDoor, type SocialPortico } from './social-scene.ts';
import { listenLater, upstreamClient } from './upstream-issuer.ts';

export interface LinkScene extends MfaScene {
  readonly odd: OddUpstream;
  readonly oddUrl: string;
}

/** `odd` and `else` are one upstream, as two providers: their accounts are not the same. */
export async function startWithLinks({ domains = {}, ...options }: MfaSceneOptions & { readonly engine?: EngineName; readonly domains?: SocialOptions['domains'] } = {}): Promise<LinkScene> {
  const upstream = await listenLater();
  const odd = await createOddUpstream(upstream.url);
  upstream.handle = odd.handle;
  const providers = [
    oidc({ ...upstreamClient, id: 'odd', name: 'Odd', issuer: upstream.url }),
    oauth2({ ...upstreamClient, id: 'plain', name: 'Plain', authorizationEndpoint: `${upstream.url}/auth`, tokenEndpoint: `${upstream.url}/token`, profileEndpoint: `${upstream.url}/me`, scope: 'profile', issuer: `${upstream.url}/plain` }),
  ];
  const service = await startWithMfa({ ...options, others: [social({ providers, domains }), ...(options.others ?? [])] });
  return { ...service, odd, oddUrl: upstream.url, close: async () => void (await Promise.all([service.close(), upstream.close()])) };
}

/** What the scene of providers takes. */
export const asSocial = ({ odd, oddUrl, ...service }: LinkScene): SocialPortico => ({ ...service, odd, oddUrl });

/** Somebody who signed in with their password a moment ago, and nothing else. */
export interface Linker {
  readonly browser: Browser;
  readonly email: string;
  readonly id: User['id'];
}

let people = 0;
export async function addLinker(service: LinkScene, email = `linker-${(people += 1)}@example.test`): Promise<Linker> {
  const browser = await addPerson(service, email);
  const user = await service.store.users.findByEmail(email as never);
  assert.ok(user);
  return { browser, email, id: user.id };
}

export async function startLink(browser: Browser, ask: Readonly<Record<string, unknown>> = {}): Promise<FlowBody> {
  const reply = await browser.startFlow({ kind: 'link', ...ask });
  assert.equal(reply.status, 201, reply.text);
  return reply.body;
}

/** To the provider as somebody there and back, up to the page that waits. What the provider says is no older than the service's clock. */
export async function goThere(service: LinkScene, browser: Browser, claims: Readonly<Record<string, unknown>>): Promise<Reply> {
  const door = await atTheDoor(service, 'odd', { browser });
  return answer(service, door, claims);
}

/** The way back from a door that stands open. */
export function answer(service: LinkScene, door: Awaited<ReturnType<typeof atTheDoor>>, claims: Readonly<Record<string, unknown>>): Promise<Reply> {
  const now = Math.floor(service.clock.now().getTime() / 1_000);
  service.odd.behave({ claims: { iat: now, exp: now + 300, ...claims } });
  return answerOdd(asSocial(service), door);
}

/** The same, and on from there. */
export async function linkThere(service: LinkScene, browser: Browser, claims: Readonly<Record<string, unknown>>): Promise<Reply<FlowBody>> {
  const window = await goThere(service, browser, claims);
  assert.equal(window.status, 200, window.text);
  assert.equal(isAt((await browser.look()).body, 'leave-to-provider').is_approved, true);
  return browser.act('approve');
}

/** Links an account from the beginning to the end. */
export async function link(service: LinkScene, browser: Browser, sub: string): Promise<void> {
  isAt(await startLink(browser), 'choose-method');
  isDone((await linkThere(service, browser, { sub })).body);
}

export const subjectsOf = async ({ store }: LinkScene, id: User['id']): Promise<readonly Identity['subject'][]> =>
  (await store.identities.listOf(id)).map(({ subject }) => subject);
