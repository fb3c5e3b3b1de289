import { requestedLevel } from '../mfa/requested-acrs.ts';
import type { Flow } from '../model/flow.ts';
import type { Outcome } from './action.ts';
import type { Scene } from './flow-deps.ts';

/**
 * Whether a passkey on another device may sign this one in. Not where a phishing-resistant one was asked for, which that is
 * not; not as a second factor; and not to link an account at a provider, which whoever shows the code could have brought.
 */
export function offersCrossDevice({ flow, app }: Pick<Scene, 'flow' | 'app'>): boolean {
  const { isOn, allowsCrossDevice } = app.preferences.methods.passkey;
  if (!isOn || !allowsCrossDevice || flow.kind !== 'sign-in') return false;
  return flow.linking === undefined && flow.wantsSecondFactor !== true && requestedLevel(flow.request) !== 'phr';
}

/** What the steps that ask for a passkey here say of it. */
export function crossDeviceIn(scene: Pick<Scene, 'flow' | 'app'>): { readonly cross_device?: true } {
  return offersCrossDevice(scene) ? { cross_device: true } : {};
}

/** Shows a code for another device to scan. Nobody is looked up for it: it is the same whatever was typed. */
export async function askAnotherDevice(scene: Scene): Promise<Outcome> {
  if (!offersCrossDevice(scene)) return { fault: { code: 'method_disabled', field: 'cross_device' } };
  const { app, client, flow, deps } = scene;
  const { challenges } = await deps.approval.begin({ app, client, flow, user: undefined });
  return { change: (latest) => waitForApproval(latest, challenges) };
}

function waitForApproval(flow: Flow, challenges: Flow['challenges']): Flow {
  const { blocked: _blocked, ...rest } = flow;
  return { ...rest, challenges: { ...flow.challenges, ...challenges }, approval: {}, step: 'approve' };
}
