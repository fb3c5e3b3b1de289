import { isMultiFactor } from '../mfa/channels.ts';
import { findSecondFactors, noSecondFactors, type SecondFactors } from '../mfa/second-factors.ts';
import type { UserId } from '../model/ids.ts';
import type { User } from '../model/user.ts';
import type { Scene } from './flow-deps.ts';
import { asksForSecond } from './second-step.ts';

/** What the proved user has beside the first factor; nothing is looked up where nobody is asked for it. */
export async function lookUpFactors({ app, flow, deps }: Scene, proved: User | undefined): Promise<SecondFactors> {
  if (proved === undefined || !asksForSecond(flow, app)) return noSecondFactors;
  if (flow.kind !== 'recover') return findSecondFactors(proved.id, app, deps.store);
  const factors = app.preferences.mfa.policy === 'off' ? await findWhatGuards(proved.id, { app, deps }) : await findSecondFactors(proved.id, app, deps.store);
  const permit = await deps.store.permits.findOpen(proved.id, deps.clock.now());
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
 * Whether the proved user may be given a passkey. It could stand for two factors in another app of this service, so an
 * app that asks for one hands none to whoever has two: otherwise it would be the way around the other's policy.
 */
export async function mayMakePasskey({ flow, app, deps }: Scene, proved: User): Promise<boolean> {
  if (app.preferences.mfa.policy !== 'off' || isMultiFactor(flow.proofs)) return true;
  if (!(await isGuardedElsewhere(deps))) return true;
  const { totps, passkeys } = await findSecondFactors(proved.id, app, deps.store);
  return totps + passkeys === 0;
}
