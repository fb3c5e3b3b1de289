/**
 * The second side of a link: the account that a provider has answered with becomes the user's who is signed in.
 *
 * Owns: that it is written once, with proof of both sides, in one transaction with its notice, and for nobody who has it
 * already; and what a provider's answer proves of whoever has no other way to show that they are here. It touches nothing
 * else of the user: no address, no name, no proof. Does not own: the rules of sign-in (settle-upstream.ts).
 */
import { AuthError } from '../model/auth-error.ts';
import type { Flow } from '../model/flow.ts';
import type { UserId } from '../model/ids.ts';
import type { UpstreamIdentity } from '../model/identity.ts';
import { methodEvent } from '../methods/method-event.ts';
import { checkOwnerIsHere } from '../mfa/check-owner-is-here.ts';
import type { Store } from '../ports/store.ts';
import type { Outcome } from './action.ts';
import type { Scene } from './flow-deps.ts';
import { leaveToProvider, type Leaving } from './leave-to-provider.ts';
import { keepIdentity, keepTokens } from './link-identity.ts';
import { askAnew, isProvedInLink, providersToProveAt, toProviders } from './link-proof.ts';
import { problemOf } from './provider-problem.ts';
import { providerProof } from './provider-proof.ts';
import { withProof } from './take-proof.ts';

/** To the provider whose account is to be added, for whoever was here a moment ago. */
export async function leaveToLink(scene: Scene, leaving: Leaving): Promise<Outcome> {
  const { flow, app, deps } = scene;
  if (!isProvedInLink(flow)) return leaveToProve(scene, leaving);
  const route = flow.email === undefined ? undefined : deps.social.findByDomain(app, flow.email);
  // Whom the domain's provider has shut out is out: no other one is a way around it.
  if (route !== undefined && route.id !== leaving.provider) return { fault: { code: 'provider_account_refused', field: 'provider' } };
  const asked = await askAnew(scene);
  // They have chosen anew: what the provider before it answered is not what they want.
  if (asked?.change !== undefined) return { change: after(toProviders, asked.change) };
  return asked ?? leaveToProvider(scene, leaving);
}

/** To a provider that leads to them already, for whoever has nothing else here to show that they are here. */
async function leaveToProve(scene: Scene, leaving: Leaving): Promise<Outcome> {
  const isTheirs = (await providersToProveAt(scene)).some(({ id }) => id === leaving.provider);
  return isTheirs ? leaveToProvider(scene, leaving) : { fault: { code: 'provider_unknown', field: 'provider' } };
}

function after(first: (flow: Flow) => Flow, then: (flow: Flow) => Flow): (flow: Flow) => Flow {
  return (flow) => then(first(flow));
}

/** Back from there. Whoever took so long that their own proof is no longer fresh gives another first. */
export async function settleLink(scene: Scene): Promise<Outcome> {
  const { flow, deps } = scene;
  const { upstream, userId } = flow;
  if (upstream === undefined) return { fault: { code: 'action_not_allowed' } };
  if (userId === undefined) return proveHere(scene, upstream);
  const asked = await askAnew(scene);
  if (asked !== undefined) return asked;
  const isTheirs = await deps.store.transaction((store) => link(scene, { upstream, userId }, store));
  return isTheirs ? { change: linked, isStepDone: true } : refuse('provider_account_taken');
}

/**
 * Back from where they were sent to show that they are here. It proves that for this link alone, as whatever else they would
 * have been asked for: the session is not the stronger for it.
 */
async function proveHere(scene: Scene, upstream: UpstreamIdentity): Promise<Outcome> {
  const { flow, deps } = scene;
  const userId = flow.steppingUpAs;
  const held = await deps.store.identities.find(upstream.issuer, upstream.subject);
  const isAsked = (await providersToProveAt(scene)).some(({ id }) => id === upstream.provider);
  if (userId === undefined || held?.userId !== userId || !isAsked) {
    if (userId !== undefined) await noteRefusal(scene, { upstream, userId }, { store: deps.store, code: 'provider_account_refused' });
    return refuse('provider_account_refused');
  }
  const proof = providerProof(upstream, userId);
  return { change: (latest) => (latest.upstream === undefined ? latest : withProof(toProviders(latest), proof, { userId, isNewUser: false })), isStepDone: true };
}

interface NewLink {
  readonly upstream: UpstreamIdentity;
  readonly userId: UserId;
}

/**
 * @returns whether it leads to this user now. It may have before: nobody is told twice.
 * @throws {AuthError} `flow_expired`, `reauthentication_required`
 */
async function link(scene: Scene, { upstream, userId }: NewLink, store: Store): Promise<boolean> {
  await checkOwner(scene, userId, store);
  if (await keepIdentity(scene, { upstream, userId }, store)) {
    await tellOwner(scene, { upstream, userId }, store);
    return true;
  }
  const held = await store.identities.find(upstream.issuer, upstream.subject);
  if (held?.userId === userId) await keepTokens(upstream, { store, clock: scene.deps.clock });
  else await noteRefusal(scene, { upstream, userId }, { store, code: 'provider_account_taken' });
  return held?.userId === userId;
}

/** Asked again under the lock of the user's row: signed out, suspended, or with a second factor set up elsewhere meanwhile. */
async function checkOwner({ flow, deps }: Scene, userId: UserId, store: Store): Promise<void> {
  await store.users.lock(userId);
  const session = flow.continues === undefined ? undefined : await store.sessions.find(flow.continues, deps.clock.now());
  const user = await store.users.find(userId);
  if (session?.userId !== userId || user?.status !== 'active') throw new AuthError('flow_expired');
  await checkOwnerIsHere({ userId, proofs: flow.proofs }, await store.apps.list(), store);
}

async function tellOwner({ flow, app, deps }: Scene, { upstream, userId }: NewLink, store: Store): Promise<void> {
  const user = await store.users.find(userId);
  const name = deps.social.find(app, upstream.provider)?.name ?? upstream.provider;
  if (user !== undefined) await deps.tellIdentityLinked(user, name, { app, flow, store });
}

/** For whoever reads the trail; whose it is stands in no answer. */
async function noteRefusal({ flow, app, client, deps }: Scene, { upstream, userId }: NewLink, { store, code }: { readonly store: Store; readonly code: Refused }): Promise<void> {
  const event = methodEvent('provider_refused', { app, client, flow, method: 'social' }, deps);
  await store.audit.insert({ ...event, userId, detail: { ...event.detail, provider: upstream.provider, code } });
}

/** The provider's word is no proof of this session: whoever adds an account of their own to somebody's must not be stronger by it. */
function linked({ upstream: _taken, leaving: _left, ...latest }: Flow): Flow {
  return { ...latest, hasLinked: true };
}

type Refused = 'provider_account_taken' | 'provider_account_refused';

function refuse(code: Refused): Outcome {
  return { change: ({ upstream: _taken, ...latest }) => ({ ...latest, ...problemOf(latest, code) }), fault: { code } };
}
