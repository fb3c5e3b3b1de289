import { isOfSignedIn } from './is-of-signed-in.ts';
import { rememberDays } from '../mfa/device-trust.ts';
import type { Outcome } from './action.ts';
import type { Scene } from './flow-deps.ts';

/** For how long the person may ask not to be asked again: only where the app's policy asks them, not a request. */
export function rememberDaysIn({ flow, app }: Pick<Scene, 'flow' | 'app'>): { readonly remember_days?: number } {
  const days = flow.wantsSecondFactor === true && !isOfSignedIn(flow.kind) && flow.isBackend !== true ? rememberDays(app.preferences.mfa) : undefined;
  return days === undefined ? {} : { remember_days: days };
}

/** What came of a second factor, with the wish that its device is remembered, where that was offered. */
export async function withDeviceWish(scene: Scene, wish: boolean | undefined, answered: Promise<Outcome>): Promise<Outcome> {
  const outcome = await answered;
  const { change } = outcome;
  if (wish !== true || change === undefined || outcome.fault !== undefined || rememberDaysIn(scene).remember_days === undefined) return outcome;
  return { ...outcome, change: (latest) => ({ ...change(latest), wantsRememberedDevice: true }) };
}
