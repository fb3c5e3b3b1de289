import { mfaDemand } from '../mfa/mfa-demand.ts';
import { findSecondFactors } from '../mfa/second-factors.ts';
import type { Flow } from '../model/flow.ts';
import type { UserId } from '../model/ids.ts';
import type { UpstreamIdentity } from '../model/identity.ts';
import type { Proof } from '../model/proof.ts';
import type { User } from '../model/user.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { Scene } from './flow-deps.ts';

/** An account at a provider, and whose it is to be. */
interface NewLink {
  readonly upstream: UpstreamIdentity;
  readonly userId: UserId;
}

/** Writes the link, in the caller's transaction. `false` if the account is somebody's by now. */
export async function keepIdentity({ flow, client, app, deps }: Scene, { upstream, userId }: NewLink, store: Store): Promise<boolean> {
  const { issuer, subject, provider } = upstream;
  const linkedAt = deps.clock.now();
  if (!(await store.identities.insert({ issuer, subject, provider, userId, linkedAt }))) return false;
  await keepTokens(upstream, { store, clock: deps.clock });
  await store.audit.insert({
    kind: 'identity_linked', at: linkedAt, userId, appId: app.id, clientId: client.id, flowId: flow.id, address: flow.origin.address, detail: { provider },
    ...(flow.sessionId === undefined ? {} : { sessionId: flow.sessionId }),
  });
  return true;
}

/** What the provider gave this time, where the host has it kept: in the place of what it gave before. */
export async function keepTokens({ issuer, subject, sealedTokens }: UpstreamIdentity, { store, clock }: { readonly store: Store; readonly clock: Clock }): Promise<void> {
  if (sealedTokens !== undefined) await store.providerTokens.put({ issuer, subject, sealed: sealedTokens, updatedAt: clock.now() });
}

/** What became of an account that waits for its owner. */
interface Linking {
  readonly linked?: UpstreamIdentity;
  /** The owner has a second factor to show before anything is changed at their account. */
  readonly isWaiting?: true;
}

/**
 * Links the account that somebody came back with, now that they have proved the other side too: the user of the address or
 * the number that this flow is about, at a step that told them so. What they proved at the first screen was meant for
 * something else.
 */
export async function linkIfProved(scene: Scene, proof: Proof, userId: UserId): Promise<Linking> {
  const { flow, app, deps } = scene;
  const { linking } = flow;
  // A recovery changes nothing but what was lost: the account waits for the sign-in after it.
  if (linking !== undefined && flow.kind === 'recover') return { isWaiting: true };
  if (linking === undefined || flow.step === 'identify' || proof.method === 'social') return {};
  const user = await deps.store.users.find(userId);
  if (user?.status !== 'active' || !isOfFlow(user, flow)) return {};
  // A provider that vouches for one address is linked to the owner of that one.
  if (linking.isEmailVerified && linking.email?.canonical !== flow.email) return {};
  const factors = await findSecondFactors(userId, app, deps.store);
  if (mfaDemand([...flow.proofs, proof], app.preferences.mfa, factors) === 'ask') return { isWaiting: true };
  const isKept = await deps.store.transaction((store) => keepIdentity(scene, { upstream: linking, userId }, store));
  if (!isKept) return {};
  await tellOwner(scene, linking, userId);
  return { linked: linking };
}

function isOfFlow({ id, email, phone, username }: User, flow: Flow): boolean {
  if (flow.namedId !== undefined) return id === flow.namedId;
  if (flow.username !== undefined) return username?.canonical === flow.username;
  if (flow.email !== undefined) return email?.verifiedAt !== undefined && email.canonical === flow.email;
  return phone?.verifiedAt !== undefined && phone.canonical === flow.phone?.canonical;
}

/** A notice that cannot be written takes nothing back. */
async function tellOwner({ flow, app, deps }: Scene, { provider }: UpstreamIdentity, userId: UserId): Promise<void> {
  const user = await deps.store.users.find(userId);
  const name = deps.social.find(app, provider)?.name ?? provider;
  if (user !== undefined) await deps.tellIdentityLinked(user, name, { app, flow }).catch(() => undefined);
}
