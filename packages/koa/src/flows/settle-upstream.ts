/**
 * Whom a provider's visitor is here.
 *
 * Owns: the rules of matching. An account at a provider is a user's if it is linked, and for no other reason: an address
 * alone links nothing, for a provider can only say who has it there. Does not own: what the provider said, the link's write.
 */
import type { Flow } from '../model/flow.ts';
import type { UserId } from '../model/ids.ts';
import type { UpstreamIdentity } from '../model/identity.ts';
import { profileIn } from '../users/parse-profile.ts';
import { createNameless, findOrCreate, type ProvenUser } from '../users/find-or-create.ts';
import type { Outcome } from './action.ts';
import { askForProof, hasMailMethod } from './ask-for-proof.ts';
import type { Scene } from './flow-deps.ts';
import { leaveForDomain } from './leave-for-domain.ts';
import { keepIdentity, keepTokens } from './link-identity.ts';
import { problemOf } from './provider-problem.ts';
import { providerProof } from './provider-proof.ts';
import { withProofs } from './take-proof.ts';

/** How often it is looked again after somebody else was faster with the same account or address. */
const tries = 3;

/** Goes on with what a provider has answered. */
export async function settleUpstream(scene: Scene): Promise<Outcome> {
  const { upstream } = scene.flow;
  if (upstream === undefined) return { fault: { code: 'action_not_allowed' } };
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const outcome = await settle(scene, upstream);
    if (outcome !== undefined) return outcome;
  }
  return { fault: { code: 'flow_busy' } };
}

/** `undefined` if somebody was faster. */
async function settle(scene: Scene, upstream: UpstreamIdentity): Promise<Outcome | undefined> {
  const { store } = scene.deps;
  // In this order: whoever was made for this very account a moment ago is seen with it, and not as another owner.
  const holder = upstream.email === undefined ? undefined : await store.users.findByEmail(upstream.email.canonical);
  const identity = await store.identities.find(upstream.issuer, upstream.subject);
  if (identity !== undefined) return signIn(scene, upstream, identity.userId);
  if (upstream.email !== undefined && upstream.isEmailVerified) {
    const route = scene.deps.social.findByDomain(scene.app, upstream.email.canonical);
    if (route !== undefined && route.id !== upstream.provider) return leaveForDomain(scene, { email: upstream.email, provider: route.id });
    return holder?.email?.verifiedAt === undefined ? join(scene, upstream) : askOwner(scene, upstream, upstream.email);
  }
  return hasMailMethod(scene.app) ? askForEmail(upstream) : join(scene, upstream);
}

async function signIn(scene: Scene, upstream: UpstreamIdentity, userId: UserId): Promise<Outcome> {
  const { flow, app, deps } = scene;
  const user = await deps.store.users.find(userId);
  if (user?.status !== 'active') return refuse(flow, 'provider_account_refused');
  // Linked before the domain was the other one's, or before the address was of that domain.
  const route = user.email === undefined ? undefined : deps.social.findByDomain(app, user.email.canonical);
  if (user.email !== undefined && route !== undefined && route.id !== upstream.provider) return leaveForDomain(scene, { email: user.email, provider: route.id });
  await keepTokens(upstream, deps);
  return { change: (latest) => proved(latest, upstream, { user, isNewUser: false }), isStepDone: true };
}

/** Once: of several that approve the same answer, the first has taken it. */
function proved(latest: Flow, upstream: UpstreamIdentity, { user, isNewUser }: ProvenUser): Flow {
  if (latest.upstream === undefined) return latest;
  const { upstream: _taken, leaving: _left, ...rest } = latest;
  return withProofs(rest, [providerProof(upstream, user.id)], { userId: user.id, isNewUser });
}

/** The address is somebody's who proved it: they prove it again, here, and only then is anything linked. */
async function askOwner(scene: Scene, upstream: UpstreamIdentity, email: NonNullable<UpstreamIdentity['email']>): Promise<Outcome> {
  const waiting = (flow: Flow): Flow => ({ ...withoutAnswer(flow), linking: upstream });
  const outcome = await askForProof({ ...scene, flow: waiting(scene.flow) }, { typed: email.typed, email: email.canonical });
  // Nothing is on that could show it: an app with providers alone.
  if (outcome.fault !== undefined) return refuse(scene.flow, 'provider_account_refused');
  return { ...outcome, change: (latest) => (outcome.change ?? ((same) => same))(waiting(latest)) };
}

/** Without an address that is theirs for sure nobody could be told of anything, nor come back without the provider. */
function askForEmail(upstream: UpstreamIdentity): Outcome {
  return {
    change: (latest) => ({
      ...withoutAnswer(latest),
      linking: upstream,
      ...(upstream.email === undefined ? {} : { typedIdentifier: upstream.email.typed }),
      step: 'identify',
    }),
  };
}

/**
 * A new user, with the address that the provider vouches for or none; or the one that was prepared for this address and
 * that nobody has been in yet.
 */
async function join(scene: Scene, upstream: UpstreamIdentity): Promise<Outcome | undefined> {
  const { flow, deps } = scene;
  const email = upstream.isEmailVerified ? upstream.email : undefined;
  const made = await deps.store.transaction(async (store) => {
    const inside = { ...deps, store };
    const found = email === undefined
      ? await createNameless(profileIn(upstream), flow.mayCreateUser, inside)
      : await findOrCreate({ kind: 'email', ...email, profile: profileIn(upstream) }, flow.mayCreateUser, inside);
    if (found === undefined) return 'closed';
    if (!(await keepIdentity(scene, { upstream, userId: found.user.id }, store))) throw new FasterElsewhere();
    return found;
  }).catch((fault: unknown) => {
    if (fault instanceof FasterElsewhere) return undefined;
    throw fault;
  });
  if (made === undefined) return undefined;
  if (made === 'closed') return refuse(flow, 'sign_up_closed');
  return { change: (latest) => proved(latest, upstream, made), isStepDone: true };
}

/** Takes the user back who was made for an account that is linked by now. */
class FasterElsewhere extends Error {}

function refuse(flow: Flow, code: 'provider_account_refused' | 'sign_up_closed'): Outcome {
  return { change: (latest) => ({ ...withoutAnswer(latest), ...problemOf(flow, code) }), fault: { code } };
}

function withoutAnswer(flow: Flow): Flow {
  const { upstream: _upstream, ...rest } = flow;
  return rest;
}
