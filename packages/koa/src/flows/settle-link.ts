/**
 * The second side of a link: the account that a provider has answered with becomes the user's who is signed in.
 *
 * Owns: that it is written once, with proof of both sides, in one transaction with its notice, and for nobody who has it
 * already. It touches nothing else of the user: no address, no name, no proof. Does not own: the rules of sign-in (settle-upstream.ts).
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
import { askAnew } from './link-proof.ts';
import { problemOf } from './provider-problem.ts';

/** To the provider whose account is to be added, for whoever was here a moment ago. */
export async function leaveToLink(scene: Scene, leaving: Leaving): Promise<Outcome> {
  const { flow, app, deps } = scene;
  const route = flow.email === undefined ? undefined : deps.social.findByDomain(app, flow.email);
  // Whom the domain's provider has shut out is out: no other one is a way around it.
  if (route !== undefined && route.id !== leaving.provider) return { fault: { code: 'provider_account_refused', field: 'provider' } };
  const asked = await askAnew(scene);
  // They have chosen anew: what the provider before it answered is not what they want.
  if (asked?.change !== undefined) return { change: after(toProviders, asked.change) };
  return asked ?? leaveToProvider(scene, leaving);
}

function after(first: (flow: Flow) => Flow, then: (flow: Flow) => Flow): (flow: Flow) => Flow {
  return (flow) => then(first(flow));
}

/** Back from there. Whoever took so long that their own proof is no longer fresh gives another first. */
export async function settleLink(scene: Scene): Promise<Outcome> {
  const { flow, deps } = scene;
  const { upstream, userId } = flow;
  if (upstream === undefined || userId === undefined) return { fault: { code: 'action_not_allowed' } };
  const asked = await askAnew(scene);
  if (asked !== undefined) return asked;
  const isTheirs = await deps.store.transaction((store) => link(scene, { upstream, userId }, store));
  return isTheirs ? { change: linked, isStepDone: true } : { change: refused, fault: { code: 'provider_account_taken' } };
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
  else await noteRefusal(scene, { upstream, userId }, store);
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
async function noteRefusal({ flow, app, client, deps }: Scene, { upstream, userId }: NewLink, store: Store): Promise<void> {
  const event = methodEvent('provider_refused', { app, client, flow, method: 'social' }, deps);
  await store.audit.insert({ ...event, userId, detail: { ...event.detail, provider: upstream.provider, code: 'provider_account_taken' } });
}

/** The provider's word is no proof of this session: whoever adds an account of their own to somebody's must not be stronger by it. */
function linked({ upstream: _taken, leaving: _left, ...latest }: Flow): Flow {
  return { ...latest, hasLinked: true };
}

function refused({ upstream: _taken, ...latest }: Flow): Flow {
  return { ...latest, ...problemOf(latest, 'provider_account_taken') };
}

/** Back to the choice of providers. */
export function toProviders({ upstream: _taken, leaving: _left, ...latest }: Flow): Flow {
  return { ...latest, step: 'choose-method' };
}
