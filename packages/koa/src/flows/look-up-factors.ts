import { isMultiFactor } from '../mfa/channels.ts';
import { askable, findSecondFactors, isFirstMissing, noSecondFactors, type SecondFactors } from '../mfa/second-factors.ts';
import { isTrusted } from '../mfa/device-trust.ts';
import { asksAnew } from '../mfa/requested-acrs.ts';
import type { UserId } from '../model/ids.ts';
import type { User } from '../model/user.ts';
import type { Scene } from './flow-deps.ts';
import { findAddable } from './addable-codes.ts';
import { asksForSecond } from './second-step.ts';

/** What the proved user has beside the first factor; nothing is looked up where nobody is asked for it. */
export async function lookUpFactors(scene: Scene, proved: User | undefined): Promise<SecondFactors> {
  const { app, flow, deps } = scene;
  if (proved === undefined || !asksForSecond(flow, app)) return noSecondFactors;
  if (flow.kind === 'link') return (await isGuardedElsewhere(deps)) ? findSecondFactors(proved.id, app, deps.store) : noSecondFactors;
  if (flow.kind === 'recover') return withAddable(await lookUpInRecovery(scene, proved), scene, proved);
  const [factors, isDeviceTrusted] = await Promise.all([findSecondFactors(proved.id, app, deps.store), isSparedHere(scene, proved)]);
  return withAddable({ ...factors, isDeviceTrusted }, scene, proved);
}

/** Nothing is looked for where the app counts no codes. */
async function withAddable(factors: SecondFactors, scene: Scene, proved: User): Promise<SecondFactors> {
  const addable = await findAddable(scene, proved, factors);
  return addable.length === 0 ? factors : { ...factors, addable };
}

async function lookUpInRecovery({ app, deps }: Scene, { id }: User): Promise<SecondFactors> {
  const factors = app.preferences.mfa.policy === 'off' ? await findWhatGuards(id, { app, deps }) : await findSecondFactors(id, app, deps.store);
  const permit = await deps.store.permits.findOpen(id, deps.clock.now());
  return permit === undefined ? factors : { ...factors, mayReplaceAll: true };
}

/**
 * What guards an account in an app that asks for no second factor: whatever was set up as one. A passkey was, if another
 * app of this service asks for one, for the password is the same there; otherwise it is a first factor, and whoever has
 * it need not recover anything.
 */
async function findWhatGuards(userId: UserId, { app, deps }: Pick<Scene, 'app' | 'deps'>): Promise<SecondFactors> {
  const factors = await findSecondFactors(userId, app, deps.store);
  if (factors.passkeys === 0 || (await isGuardedElsewhere(deps))) return factors;
  return { ...factors, passkeys: 0 };
}

async function isGuardedElsewhere({ store }: Scene['deps']): Promise<boolean> {
  return (await store.apps.list()).some(({ preferences }) => preferences.mfa.policy !== 'off');
}

/**
 * Whether the device may stand for the second factor: never where a request asks for more than to be signed in, and not
 * before an account is recovered or one at a provider linked: what changes the account is worth a question.
 */
async function isSparedHere({ app, flow, deps }: Omit<Scene, 'client'>, { id }: User): Promise<boolean> {
  if (flow.passwordChange !== undefined || flow.kind === 'recover' || flow.linking !== undefined || flow.kind === 'step-up' || asksAnew(flow.request)) return false;
  const device = await deps.store.devices.findBySecret(id, flow.deviceDigests ?? []);
  return isTrusted(device, app.preferences.mfa, deps.clock.now());
}

/**
 * Whether the proved user may be given a passkey. It could stand for two factors in another app of this service, so an
 * app that asks for one hands none to whoever has two: otherwise it would be the way around the other's policy.
 */
export async function mayMakePasskey({ flow, app, deps }: Scene, proved: User): Promise<boolean> {
  if (isMultiFactor(flow.proofs)) return true;
  const { policy } = app.preferences.mfa;
  // Whoever has a second factor has shown it by now, unless the device has spared them.
  if (policy !== 'off' && !(await isSparedHere({ app, flow, deps }, proved))) return true;
  const apps = policy === 'off' ? await deps.store.apps.list() : [app];
  if (apps.every(({ preferences }) => preferences.mfa.policy === 'off')) return true;
  const { totps, passkeys } = await findSecondFactors(proved.id, app, deps.store);
  if (totps + passkeys > 0) return false;
  const asking = apps.filter(({ preferences }) => preferences.mfa.policy !== 'off');
  const factors = await Promise.all(asking.map((each) => findSecondFactors(proved.id, each, deps.store)));
  // By a code beside what was shown, for example, whichever of the two came first.
  return factors.every((each) => askable(flow.proofs, each).length === 0 && !isFirstMissing(flow.proofs, each));
}
