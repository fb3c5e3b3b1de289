import { secondCodesOf } from '../mfa/second-codes.ts';
import type { App } from '../model/app.ts';
import type { Possessions } from './possessions.ts';

/** Whether there is something that recovery codes stand in for: an app or a passkey of theirs, or a code that some app would send them. */
export function hasSecondFactor({ user, totps, passkeys }: Possessions, apps: readonly App[]): boolean {
  const asking = apps.filter(({ preferences }) => preferences.mfa.policy !== 'off');
  return totps.length + passkeys.length > 0 || asking.some(({ preferences }) => secondCodesOf(user, preferences).length > 0);
}
