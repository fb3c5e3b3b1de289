import type { App } from '../model/app.ts';
import type { AccessRequest } from '../model/authorization-request.ts';
import type { DeviceId, UserId } from '../model/ids.ts';
import type { Shown } from '../model/proof.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { isTrusted } from './device-trust.ts';
import { mfaDemand } from './mfa-demand.ts';
import { asksAnew } from './requested-acrs.ts';
import { findSecondFactors, noSecondFactors } from './second-factors.ts';

/** Who signs in somewhere, and by what they are proved. */
export interface Standing {
  readonly userId: UserId;
  readonly proofs: readonly Shown[];
  readonly app: App;
  /** Where they signed in. */
  readonly deviceId?: DeviceId | undefined;
  /** What is asked of them now, where anything is. */
  readonly request?: AccessRequest;
}

interface StandingDeps {
  readonly store: Store;
  readonly clock: Clock;
}

/** Whether a session that is there already has less than its user has to show in this app now. An offer is no demand. */
export async function isBelowPolicy(standing: Standing, deps: StandingDeps): Promise<boolean> {
  const { userId, proofs, app } = standing;
  const { mfa } = app.preferences;
  if (mfaDemand(proofs, mfa, noSecondFactors) === 'met') return false;
  const demand = mfaDemand(proofs, mfa, await findSecondFactors(userId, app, deps.store));
  if (demand === 'ask') return !(await isSpared(standing, deps));
  return demand === 'enroll';
}

/** The device that a session was opened at still counts, unless the request asks for more than being signed in. */
async function isSpared({ app, deviceId, request }: Standing, { store, clock }: StandingDeps): Promise<boolean> {
  if (deviceId === undefined || asksAnew(request)) return false;
  return isTrusted(await store.devices.find(deviceId), app.preferences.mfa, clock.now());
}
