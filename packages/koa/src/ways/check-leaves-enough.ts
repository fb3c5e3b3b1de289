import { mfaDemand } from '../mfa/mfa-demand.ts';
import { noSecondFactors } from '../mfa/second-factors.ts';
import type { App } from '../model/app.ts';
import { AuthError } from '../model/auth-error.ts';
import type { Possessions } from './possessions.ts';
import { waysInOf, type Providers } from './ways-in-of.ts';

/** What a user has, and what they would have left. */
export interface Change {
  readonly had: Possessions;
  readonly left: Possessions;
}

/**
 * The one rule for everything that takes something away. At each app where the user gets in now, they get in afterwards; and
 * where an app requires two factors and they have them now, they have them afterwards. An app that nothing led into before
 * has no say: nobody is kept from removing a passkey by an app that they cannot use.
 *
 * @throws {AuthError} `last_way_in`, `last_second_factor`
 */
export function checkLeavesEnough({ had, left }: Change, apps: readonly App[], providers: Providers): void {
  const getsIn = (of: Possessions, app: App): boolean => waysInOf(of, app, providers).length > 0;
  if (apps.some((app) => getsIn(had, app) && !getsIn(left, app))) throw new AuthError('last_way_in');
  const meets = (of: Possessions, app: App): boolean => meetsPolicy(of, app, providers);
  if (apps.some((app) => meets(had, app) && !meets(left, app))) throw new AuthError('last_second_factor');
}

/** Whether some way in, with something beside it, is all that the app asks for: otherwise it would have them set up more. */
function meetsPolicy(of: Possessions, app: App, providers: Providers): boolean {
  const ways = waysInOf(of, app, providers);
  const beside = [...ways, ...(of.totps.length > 0 ? [{ method: 'totp', isMultiFactor: false } as const] : [])];
  return ways.some((first) => beside.some((second) => mfaDemand([first, second], app.preferences.mfa, noSecondFactors) !== 'enroll'));
}
