import { isMultiFactor } from '../mfa/channels.ts';
import { findSecondFactors, noSecondFactors, type SecondFactors } from '../mfa/second-factors.ts';
import type { User } from '../model/user.ts';
import type { Scene } from './flow-deps.ts';
import { asksForSecond } from './second-step.ts';

/** What the proved user has beside the first factor; nothing is looked up where nobody is asked for it. */
export function lookUpFactors({ app, flow, deps }: Scene, proved: User | undefined): Promise<SecondFactors> {
  const isAsked = proved !== undefined && asksForSecond(flow, app);
  return isAsked ? findSecondFactors(proved.id, app, deps.store) : Promise.resolve(noSecondFactors);
}

/**
 * Whether the proved user may be given a passkey. It could stand for two factors in another app of this service, so an
 * app that asks for one hands none to whoever has two: otherwise it would be the way around the other's policy.
 */
export async function mayMakePasskey({ flow, app, deps }: Scene, proved: User): Promise<boolean> {
  if (app.preferences.mfa.policy !== 'off' || isMultiFactor(flow.proofs)) return true;
  const apps = await deps.store.apps.list();
  if (apps.every(({ preferences }) => preferences.mfa.policy === 'off')) return true;
  const { totps, passkeys } = await findSecondFactors(proved.id, app, deps.store);
  return totps + passkeys === 0;
}
