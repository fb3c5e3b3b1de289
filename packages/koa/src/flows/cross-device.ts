import { requestedLevel } from '../mfa/requested-acrs.ts';
import type { Flow } from '../model/flow.ts';
import type { Outcome } from './action.ts';
import { findIdentified } from './find-identified.ts';
import type { Scene } from './flow-deps.ts';
import { withoutIdentifier } from './forget.ts';

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

/**
 * Shows a code for another device to scan. As with a passkey here: at the first step anybody's will do, later that of who was
 * typed. Whether that is somebody is told to nobody, here or there.
 */
export async function askAnotherDevice(scene: Scene): Promise<Outcome> {
  if (!offersCrossDevice(scene)) return { fault: { code: 'method_disabled', field: 'cross_device' } };
  const { app, client, flow, deps } = scene;
  const isNarrowed = isForTyped(flow);
  const asked = isNarrowed ? flow : withoutIdentifier(flow);
  const user = await findIdentified(asked, deps);
  const { challenges } = await deps.approval.begin({ app, client, flow: asked, user });
  return { change: (latest) => waitForApproval(latest, { challenges, isNarrowed }) };
}

/** A new code is for the same as the one before. */
function isForTyped({ step, approval, email, phone }: Flow): boolean {
  if (step === 'approve') return approval?.isNarrowed === true;
  return step !== 'identify' && (email ?? phone) !== undefined;
}

function waitForApproval(flow: Flow, { challenges, isNarrowed }: { readonly challenges: Flow['challenges']; readonly isNarrowed: boolean }): Flow {
  const { blocked: _blocked, ...rest } = flow;
  return { ...rest, challenges: { ...flow.challenges, ...challenges }, approval: isNarrowed ? { isNarrowed } : {}, step: 'approve' };
}
