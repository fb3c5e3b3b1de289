import { isMultiFactor } from '../mfa/channels.ts';
import { findSecondFactors, noSecondFactors, type SecondFactors } from '../mfa/second-factors.ts';
import { isTrusted } from '../mfa/device-trust.ts';
import { asksAnew } from '../mfa/requested-acrs.ts';
import type { User } from '../model/user.ts';
import type { Scene } from './flow-deps.ts';
import { asksForSecond } from './second-step.ts';

/** What the proved user has beside the first factor; nothing is looked up where nobody is asked for it. */
export async function lookUpFactors(scene: Scene, proved: User | undefined): Promise<SecondFactors> {
  const { app, flow, deps } = scene;
  const isAsked = proved !== undefined && asksForSecond(flow, app);
  if (!isAsked) return noSecondFactors;
  const [factors, isDeviceTrusted] = await Promise.all([findSecondFactors(proved.id, app, deps.store), isSparedHere(scene, proved)]);
  return { ...factors, isDeviceTrusted };
}

/**
 * Whether the device may stand for the second factor: never where a request asks for more than to be signed in, and not
 * before a password is replaced or an account at a provider linked: what changes the account is worth a question.
 */
async function isSparedHere({ app, flow, deps }: Omit<Scene, 'client'>, { id }: User): Promise<boolean> {
  if (flow.wantsNewPassword === true || flow.linking !== undefined || flow.kind === 'step-up' || asksAnew(flow.request)) return false;
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
  return totps + passkeys === 0;
}
