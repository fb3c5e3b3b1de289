import type { Proof } from '../model/proof.ts';
import type { Totp } from '../model/totp.ts';
import type { Store } from '../ports/store.ts';
import { methodEvent } from '../methods/method-event.ts';
import type { Outcome } from './action.ts';
import type { Scene } from './flow-deps.ts';
import { findSecondScene, type SecondScene } from './second-scene.ts';
import { withProof } from './take-proof.ts';

/** The first digits of a new authenticator app: with them it is set up, and has proved itself. */
export async function confirmTotp(scene: Scene, answer: string): Promise<Outcome> {
  const { flow, deps } = scene;
  const second = await findSecondScene(scene);
  if (second === undefined || flow.totpOffer === undefined) return { fault: { code: 'action_not_allowed' } };
  const { context } = second;
  const totp = deps.totp.confirm(flow.totpOffer, answer, context);
  if (totp === undefined) return { fault: { code: 'totp_wrong', field: 'answer' } };
  const kept = await deps.store.transaction((store) => keep(totp, scene, store));
  // Meanwhile the account got a second factor elsewhere: that is shown before another is added.
  if (kept === 'barred') return { change: (latest) => latest, isStepDone: true };
  if (kept === 'added') await tellOwner(second, scene);
  return { change: (latest) => withProof(settled(latest), proofOf(totp), { userId: totp.userId, isNewUser: false }), isStepDone: true };
}

/** Of many at once one adds it. The same digits may come again, if the flow could not be saved: the app is there by then. */
async function keep(totp: Totp, scene: Scene, store: Store): Promise<'added' | 'there' | 'barred'> {
  // Of two flows at once the second sees what the first has added.
  await store.users.lock(totp.userId);
  const second = await findSecondScene(scene, store);
  const had = await store.totps.listOf(totp.userId);
  if (had.some(({ id }) => id === totp.id)) return 'there';
  if (second?.wish === undefined || second.wish.purpose === 'ask' || !second.wish.methods.includes('totp')) return 'barred';
  if (!(await store.totps.insert(totp))) return 'there';
  // What was remembered was said of the second factors of then.
  await store.devices.distrustAllOf(totp.userId);
  await store.audit.insert(methodEvent('totp_added', second.context, scene.deps));
  if (had.length >= second.context.app.preferences.methods.totp.perUser) await makeRoom(had, { second, scene }, store);
  return 'added';
}

/** Only whoever had to use a recovery code comes here with as many as there may be: the app that showed no digits for longest is the lost one. */
async function makeRoom(had: readonly Totp[], { second, scene }: { readonly second: SecondScene; readonly scene: Scene }, store: Store): Promise<void> {
  const [lost] = had.toSorted((one, other) => one.lastUsedStep * one.periodSeconds - other.lastUsedStep * other.periodSeconds);
  if (lost === undefined) return;
  await store.totps.remove(lost.id, lost.userId);
  await store.audit.insert(methodEvent('totp_removed', second.context, scene.deps));
}

function settled(latest: Scene['flow']): Scene['flow'] {
  const { totpOffer: _offer, ...rest } = latest;
  return { ...rest, hasSkippedEnrollment: true, hasSettledLoss: true };
}

function proofOf({ userId, createdAt }: Totp): Proof {
  return { method: 'totp', provedAt: createdAt, amr: ['otp'], isPhishingResistant: false, isMultiFactor: false, userId };
}

async function tellOwner({ context }: SecondScene, { deps }: Scene): Promise<void> {
  // Who has just signed up knows it.
  if (context.flow.isNewUser) return;
  await deps.tellSecondFactor('totp_added', context.user, context).catch(() => undefined);
}
