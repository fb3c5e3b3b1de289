import type { Challenge } from '../../model/challenge.ts';
import { passkeyProof } from '../../methods/passkey/passkey-proof.ts';
import type { Flow } from '../../model/flow.ts';
import type { PasskeyId, UserId } from '../../model/ids.ts';
import type { Passkey } from '../../model/passkey.ts';
import type { Proof } from '../../model/proof.ts';
import type { Store } from '../../ports/store.ts';
import type { Action, Outcome } from '../action.ts';
import type { Scene } from '../flow-deps.ts';
import { mayMakePasskey } from '../look-up-factors.ts';
import { offerPasskey } from '../offer-passkey.ts';
import { findSecondScene } from '../second-scene.ts';
import { asksForSecond } from '../second-step.ts';
import { withProof } from '../take-proof.ts';

/** A passkey that the browser made: after another method for the user who is proved, or as the way to sign up. */
export const enroll: Action<'enroll'> = async (scene, { credential, silent }) => {
  const { flow, app, client, deps } = scene;
  const id = flow.challenges.enroll;
  const challenge = id === undefined ? undefined : await deps.store.challenges.find(id);
  if (challenge?.userId === undefined) return { fault: { code: 'passkey_expired' } };
  // What nobody touched proves nothing, and would be asked for at once where a second factor is.
  if (silent === true && asksForSecond(flow, app)) return { fault: { code: 'action_not_allowed' } };
  if (await isBarred(scene)) return barred;
  const context = { flow, app, client, user: undefined };
  const enrolled = await deps.passkey.answerEnrollment(context, challenge, { credential, isSilent: silent === true });
  if (enrolled.outcome === 'refused') {
    const kept = await findKept(scene, challenge, credential);
    return kept === undefined ? askAgain(scene, challenge, enrolled.code) : goOnWith(scene, challenge.userId, proofOfKept(kept));
  }
  const kept = await keepPasskey(scene, challenge, enrolled.passkey);
  if (kept === 'barred') return barred;
  if (kept === 'known') return askAgain(scene, challenge, 'passkey_exists');
  await tellOwner(scene, challenge.userId);
  return goOnWith(scene, challenge.userId, enrolled.proof);
};

function goOnWith({ app, flow }: Scene, userId: UserId, proof: Proof): Outcome {
  const counts = asksForSecond(flow, app);
  return { change: (latest) => ({ ...withEnrolled(latest, { userId, proof, counts }), hasSkippedEnrollment: true, hasSettledLoss: true }), isStepDone: true };
}

/** The step is over, and what follows from what they have now is looked up. */
const barred: Outcome = { change: (latest) => latest, isStepDone: true };

/**
 * Whether somebody who is proved may have one no more, though it was offered: meanwhile their account got a second factor
 * elsewhere, which is shown before another is added.
 */
async function isBarred(scene: Scene, store: Store = scene.deps.store): Promise<boolean> {
  if (scene.flow.userId === undefined) return false;
  const inside = { ...scene, deps: { ...scene.deps, store } };
  const second = await findSecondScene(inside);
  return second === undefined || second.wish?.purpose === 'ask' || !(await mayMakePasskey(inside, second.context.user));
}

/** The passkey is there by now: a notice that cannot be written takes nothing back, or the person would make another. */
async function tellOwner({ flow, app, deps }: Scene, owner: UserId): Promise<void> {
  await deps.tellPasskeyAdded(owner, { flow, app }).catch(() => undefined);
}

/** The passkey that this very offer made, where the flow was not saved after it: its page sends the same once more. */
async function findKept({ deps }: Scene, offer: Challenge, credential: unknown): Promise<Passkey | undefined> {
  const { id } = (credential ?? {}) as { readonly id?: unknown };
  if (typeof id !== 'string' || offer.end !== 'used') return undefined;
  const passkey = await deps.store.passkeys.find(id as PasskeyId);
  if (passkey === undefined || passkey.userId !== offer.userId) return undefined;
  return passkey.createdAt >= offer.createdAt ? passkey : undefined;
}

/** Nobody signs up without a touch, and only there it counts. */
function proofOfKept(passkey: Passkey): Proof {
  return passkeyProof(passkey, { at: passkey.createdAt, isUserVerified: passkey.isUserVerified, isSilent: false });
}

/** Whoever was proved before stays proved by that, and by the passkey too where a second factor counts; a new user is proved by it alone. */
function withEnrolled(latest: Flow, { userId, proof, counts }: { readonly userId: UserId; readonly proof: Proof; readonly counts: boolean }): Flow {
  if (latest.userId === undefined) return { ...latest, userId, proofs: [proof], isNewUser: true };
  return counts ? withProof(latest, proof, { userId, isNewUser: false }) : latest;
}

/** The user, if new, and the passkey come to be together or not at all. */
function keepPasskey(scene: Scene, challenge: Challenge, passkey: Passkey): Promise<'kept' | 'known' | 'barred'> {
  const { flow, app, deps } = scene;
  const now = deps.clock.now();
  return deps.store.transaction(async (store) => {
    // Of two flows at once the second sees what the first has added.
    await store.users.lock(passkey.userId);
    if (await isBarred(scene, store)) return 'barred';
    if (flow.userId === undefined) {
      await store.users.insert({ id: passkey.userId, status: 'active', ...namedIn(challenge), createdAt: now, updatedAt: now });
      await store.audit.insert({ kind: 'user_created', at: now, userId: passkey.userId, flowId: flow.id });
    }
    if (!(await store.passkeys.insert(passkey))) throw new KnownPasskey();
    if (asksForSecond(flow, app)) await store.devices.distrustAllOf(passkey.userId);
    await store.audit.insert({ kind: 'passkey_added', at: now, userId: passkey.userId, flowId: flow.id });
    return 'kept' as const;
  }).catch((fault: unknown) => {
    if (fault instanceof KnownPasskey) return 'known';
    throw fault;
  });
}

/** The name that a new user typed; an authenticator's label is none. */
function namedIn({ detail }: Challenge): { readonly name?: string } {
  return typeof detail['userName'] === 'string' ? { name: detail['userName'] } : {};
}

/** Takes the user back who would have nothing to sign in with. */
class KnownPasskey extends Error {}

/** A refused one is answered with a new question, so that another try is one press away. */
async function askAgain(scene: Scene, challenge: Challenge, code: NonNullable<Outcome['fault']>['code']): Promise<Outcome> {
  if (challenge.userId === undefined) return { fault: { code } };
  const displayName = String(challenge.detail['displayName'] ?? '');
  const { name: userName } = namedIn(challenge);
  const label = { name: String(challenge.detail['name'] ?? displayName), displayName };
  const keep = await offerPasskey(scene, { userId: challenge.userId, ...label, ...(userName === undefined ? {} : { userName }) });
  return { change: keep, fault: { code } };
}
