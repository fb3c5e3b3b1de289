import type { App } from '../model/app.ts';
import type { UserId } from '../model/ids.ts';
import type { Store } from '../ports/store.ts';
import type { Shown } from './channels.ts';
import { mfaDemand } from './mfa-demand.ts';
import { findSecondFactors, noSecondFactors } from './second-factors.ts';

/** Who signs in somewhere, and by what they are proved. */
export interface Standing {
  readonly userId: UserId;
  readonly proofs: readonly Shown[];
  readonly app: App;
}

/** Whether a session that is there already has less than its user has to show in this app now. An offer is no demand. */
export async function isBelowPolicy({ userId, proofs, app }: Standing, store: Store): Promise<boolean> {
  const { mfa } = app.preferences;
  if (mfaDemand(proofs, mfa, noSecondFactors) === 'met') return false;
  const demand = mfaDemand(proofs, mfa, await findSecondFactors(userId, app, store));
  return demand === 'ask' || demand === 'enroll';
}
