import { recoveryCodesMadeMail } from '../delivery/templates/removed.mail.ts';
import { AuthError } from '../model/auth-error.ts';
import { checkRecentProof } from '../sessions/recent-proof.ts';
import { hasSecondFactor } from './has-second-factor.ts';
import { lockPossessions } from './take-away.ts';
import { tellInside } from './tell-of-removal.ts';
import type { Owner, WaysInDeps } from './ways-in-deps.ts';

/**
 * New recovery codes in the place of all older ones, for somebody who has a second factor that they stand in for.
 *
 * @returns the codes; they are shown this once
 * @throws {AuthError} `reauthentication_required`; `method_disabled` where the app has none; `action_not_allowed` without a
 *   second factor
 */
export async function renewRecoveryCodes(owner: Owner, deps: WaysInDeps): Promise<readonly string[]> {
  checkRecentProof(owner.session, deps);
  const { session, app, origin } = owner;
  if (!app.preferences.methods['recovery-code'].isOn) throw new AuthError('method_disabled');
  const shown = await deps.store.transaction(async (store) => {
    const inside = { ...deps, store };
    const { had, apps } = await lockPossessions(owner, inside);
    if (!hasSecondFactor(had, apps)) throw new AuthError('action_not_allowed');
    const codes = deps.recoveryCode.renew({ app, user: had.user });
    await store.recoveryCodes.replaceAll(had.user.id, codes.kept);
    // What was remembered was said of the second factors of then.
    await store.devices.distrustAllOf(had.user.id);
    await store.audit.insert({ kind: 'recovery_codes_made', at: deps.clock.now(), appId: app.id, userId: session.userId, sessionId: session.id, address: origin.address });
    await tellInside(owner, { user: had.user, write: recoveryCodesMadeMail }, inside);
    return codes.shown;
  });
  deps.outbox.nudge();
  return shown;
}
