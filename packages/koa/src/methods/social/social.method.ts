/**
 * The method `social`: the way to a provider and what is said of those who come back.
 *
 * Owns: which providers there are, the question, the one answer that it takes, whom the answer means.
 * Does not own: whose browser it is, which user that is, who is linked to whom (flows).
 */
import type { ProviderView } from '@portico/contract';
import { buildAuthorizationUrl, calculatePKCECodeChallenge, type Configuration } from 'openid-client';
import type { App, Client } from '../../model/app.ts';
import type { Challenge } from '../../model/challenge.ts';
import type { CanonicalEmail } from '../../model/ids.ts';
import type { Begun, MethodContext } from '../method.ts';
import { methodEvent } from '../method-event.ts';
import { createUpstreamCall, type Call } from './call-upstream.ts';
import { createConnect, type Connect } from './connect.ts';
import { sealTokens } from './kept-tokens.ts';
import { judgeAnswer, type Visitor } from './judge-answer.ts';
import { logRefusal } from './log-refusal.ts';
import { mayReturnTo } from './may-return-to.ts';
import type { Provider } from './provider.ts';
import { openQuestion, openSecrets, readQuestion, type Asking } from './question.ts';
import { ProviderRefusal, refusalOf, type RefusalCode } from './refusal.ts';
import type { SocialDeps } from './social-deps.ts';

/** What is said of an answer. */
export type SocialVerdict =
  | { readonly outcome: 'known'; readonly visitor: Visitor }
  | { readonly outcome: 'refused'; readonly code: RefusalCode };

/**
 * Signing in with a provider. No `Method`: what its answer proves is an account there, and whose that is here is for the
 * flow to find out.
 */
export interface SocialMethod {
  /** The providers that are on in an app, in their order. */
  providersOf(app: App): readonly ProviderView[];
  /** The one that is on under this name. */
  find(app: App, id: string): ProviderView | undefined;
  /** The one that the domain of an address belongs to. */
  findByDomain(app: App, email: CanonicalEmail): ProviderView | undefined;
  /** Whether the browser may come back to this page. */
  mayReturnTo(client: Client, address: string): boolean;
  /** Where a browser begins with a question that is open; nothing once it is not. */
  leaveTo(challenge: Challenge): string | undefined;
  /** Opens the question. @throws {ProviderRefusal} if the provider cannot be reached */
  begin(context: MethodContext, asking: Omit<Asking, 'provider'> & { readonly provider: string }): Promise<Begun>;
  /** Where a question is asked: the provider's own page. Changes nothing. */
  authorizationUrl(challenge: Challenge): Promise<string>;
  /** The question that an answer belongs to, whether or not it is still open. */
  findQuestion(state: string): Promise<Challenge | undefined>;
  /** Takes the question, once, and judges the answer. `undefined` if it was taken, replaced or is past. */
  answer(context: MethodContext, challenge: Challenge, parameters: Readonly<Record<string, string>>): Promise<SocialVerdict | undefined>;
  /** What openid-client needs to call this provider. @throws {ProviderRefusal} if there is none, or it cannot be reached */
  connectTo(provider: string): Promise<Configuration>;
}

/** The method `social` over the host's providers. */
export function createSocialMethod(deps: SocialDeps): SocialMethod {
  const { providers, fetch = globalThis.fetch } = deps.upstreams;
  const call = createUpstreamCall(fetch);
  const inner: Inner = { deps, call, connect: createConnect({ clock: deps.clock, call }), find: (id) => findProvider(id, providers) };
  const find = (app: App, id: string): ProviderView | undefined => providersOf(app, providers).find((provider) => provider.id === id);
  return {
    providersOf: (app) => providersOf(app, providers),
    find,
    findByDomain: (app, email) => {
      const { isOn, domains } = app.preferences.methods.social;
      const domain = email.slice(email.lastIndexOf('@') + 1);
      const id = isOn && Object.hasOwn(domains, domain) ? domains[domain] : undefined;
      return id === undefined ? undefined : find(app, id);
    },
    mayReturnTo: (client, address) => mayReturnTo(address, client, deps.issuer),
    leaveTo: (challenge) => leaveTo(challenge, deps),
    begin: (context, asking) => begin(context, asking, inner),
    authorizationUrl: (challenge) => authorizationUrl(challenge, inner),
    findQuestion: (state) => deps.store.challenges.findBySecret('social', deps.vault.digest('provider-state', state)),
    answer: (context, challenge, parameters) => answer(context, { challenge, parameters }, inner),
    connectTo: async (id) => inner.connect(inner.find(id)),
  };
}

interface Inner {
  readonly deps: SocialDeps;
  readonly call: Call;
  readonly connect: Connect;
  readonly find: (id: string) => Provider;
}

function findProvider(id: string, providers: readonly Provider[]): Provider {
  const found = providers.find((provider) => provider.id === id);
  if (found === undefined) throw new ProviderRefusal('provider_failed', 'not_set_up');
  return found;
}

function providersOf({ preferences }: App, providers: readonly Provider[]): readonly ProviderView[] {
  const { isOn, providers: order } = preferences.methods.social;
  if (!isOn) return [];
  const shown = order.length === 0 ? providers : order.flatMap((id) => providers.find((provider) => provider.id === id) ?? []);
  return shown.map(({ id, name, brand }) => ({ id, name, ...(brand === undefined ? {} : { brand }) }));
}

/** On the way out nothing is written of who came to nothing: the log alone says why. */
function reach(provider: Provider, { deps, connect }: Inner): Promise<Configuration> {
  return connect(provider).catch((thrown: unknown) => {
    if (thrown instanceof ProviderRefusal) logRefusal(provider.id, thrown, deps.log);
    throw thrown;
  });
}

async function begin(context: MethodContext, asking: Omit<Asking, 'provider'> & { readonly provider: string }, inner: Inner): Promise<Begun> {
  const { deps } = inner;
  const provider = inner.find(asking.provider);
  // Now, while the person still sees the page that can tell them.
  await reach(provider, inner);
  return { challenges: { social: await openQuestion({ ...asking, provider }, context, deps) } };
}

function leaveTo(challenge: Challenge, { issuer, clock }: SocialDeps): string | undefined {
  if (challenge.end !== undefined || challenge.expiresAt <= clock.now()) return undefined;
  return `${issuer}/social/${readQuestion(challenge).provider}?question=${challenge.id}`;
}

function redirectUriOf({ id }: Provider, { issuer }: SocialDeps): string {
  return `${issuer}/social/${id}/callback`;
}

async function authorizationUrl(challenge: Challenge, inner: Inner): Promise<string> {
  const { deps } = inner;
  const { provider: id, loginHint } = readQuestion(challenge);
  const provider = inner.find(id);
  const { state, nonce, codeVerifier } = openSecrets(challenge, deps);
  const address = buildAuthorizationUrl(await reach(provider, inner), {
    scope: provider.scope,
    redirect_uri: redirectUriOf(provider, deps),
    state,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    ...(provider.hasNonce ? { nonce } : {}),
    ...(loginHint === undefined ? {} : { login_hint: loginHint }),
    ...provider.parameters,
  });
  return address.href;
}

async function answer(
  context: MethodContext, { challenge, parameters }: { readonly challenge: Challenge; readonly parameters: Readonly<Record<string, string>> }, inner: Inner,
): Promise<SocialVerdict | undefined> {
  const { deps } = inner;
  const claimed = await deps.store.challenges.claim(challenge.id, challenge.secretDigest, deps.clock.now());
  if (claimed === undefined) return undefined;
  const provider = readQuestion(claimed).provider;
  const judged = await judge(claimed, parameters, inner).catch(refusalOf);
  if (judged instanceof ProviderRefusal) logRefusal(provider, judged, deps.log);
  const event = methodEvent(judged instanceof ProviderRefusal ? 'provider_refused' : 'proved', { ...context, method: 'social' }, deps);
  const why = judged instanceof ProviderRefusal ? { code: judged.code, reason: judged.reason } : {};
  await deps.store.audit.insert({ ...event, detail: { ...event.detail, provider, ...why } });
  return judged instanceof ProviderRefusal ? { outcome: 'refused', code: judged.code } : { outcome: 'known', visitor: judged };
}

/** Everything between the question and the visitor is the network's: nothing of ours is read or written meanwhile. */
async function judge(challenge: Challenge, parameters: Readonly<Record<string, string>>, { deps, connect, call, find }: Inner): Promise<Visitor> {
  const provider = find(readQuestion(challenge).provider);
  const arrived = { provider, secrets: openSecrets(challenge, deps), redirectUri: redirectUriOf(provider, deps), parameters };
  const { visitor, tokens } = await judgeAnswer(arrived, { configuration: await connect(provider), call });
  return provider.keepsTokens === true ? { ...visitor, sealedTokens: sealTokens(tokens, visitor, deps) } : visitor;
}
