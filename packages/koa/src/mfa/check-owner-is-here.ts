import type { App } from '../model/app.ts';
import { AuthError } from '../model/auth-error.ts';
import type { Session } from '../model/session.ts';
import type { Store } from '../ports/store.ts';
import { mfaDemand } from './mfa-demand.ts';
import { findSecondFactors } from './second-factors.ts';

/**
 * Whoever changes what leads into an account, or takes it away, has shown the second factor that they have, if any app of the house asks for it: a session that
 * an app without a policy opened would otherwise be the way around another app's (docs/decisions/0018). A device that an app
 * trusts spares nobody this.
 *
 * @throws {AuthError} `reauthentication_required`: a flow with `acr_values=mfa` gets there.
 */
export async function checkOwnerIsHere({ userId, proofs }: Pick<Session, 'userId' | 'proofs'>, apps: readonly App[], store: Store): Promise<void> {
  for (const app of apps) {
    if (app.preferences.mfa.policy === 'off') continue;
    const demand = mfaDemand(proofs, app.preferences.mfa, await findSecondFactors(userId, app, store));
    if (demand === 'ask') throw new AuthError('reauthentication_required');
  }
}
