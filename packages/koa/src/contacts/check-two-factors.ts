import { isMultiFactor } from '../mfa/channels.ts';
import { countedCodes } from '../mfa/second-codes.ts';
import { askable, findSecondFactors } from '../mfa/second-factors.ts';
import { AuthError } from '../model/auth-error.ts';
import type { Session } from '../model/session.ts';
import type { Store } from '../ports/store.ts';

/**
 * Where codes by message count as second factor, a number or an address is one: whoever has a second factor sets up no other
 * with one factor alone, in whatever app they are signed in. Otherwise an app that asks for none would be the way around
 * the policy of another.
 *
 * @throws {AuthError} `reauthentication_required`
 */
export async function checkTwoFactors({ userId, proofs }: Session, store: Store): Promise<void> {
  if (isMultiFactor(proofs)) return;
  const apps = (await store.apps.list()).filter(({ preferences }) => preferences.mfa.policy !== 'off');
  if (apps.every(({ preferences }) => countedCodes(preferences).length === 0)) return;
  for (const app of apps) {
    if (askable(proofs, await findSecondFactors(userId, app, store)).length > 0) throw new AuthError('reauthentication_required');
  }
}
