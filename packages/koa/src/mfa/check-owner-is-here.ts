import type { App } from '../model/app.ts';
import { AuthError } from '../model/auth-error.ts';
import type { UserId } from '../model/ids.ts';
import type { Shown } from '../model/proof.ts';
import type { Store } from '../ports/store.ts';
import { isMultiFactor } from './channels.ts';
import { mfaDemand } from './mfa-demand.ts';
import { findSecondFactors } from './second-factors.ts';

/** Somebody, and what they have shown: of a session, or of a flow. */
interface Here {
  readonly userId: UserId;
  readonly proofs: readonly Shown[];
}

/**
 * Whoever changes what leads into an account, or takes it away, has shown the second factor that they have, if any app of the house asks for it: a session that
 * an app without a policy opened would otherwise be the way around another app's (docs/decisions/0018). A device that an app
 * trusts spares nobody this.
 *
 * @throws {AuthError} `reauthentication_required`: a flow with `acr_values=mfa` gets there.
 */
export async function checkOwnerIsHere(here: Here, apps: readonly App[], store: Store): Promise<void> {
  if (!(await isOwnerHere(here, apps, store))) throw new AuthError('reauthentication_required');
}

/** The same as a question. */
export async function isOwnerHere({ userId, proofs }: Here, apps: readonly App[], store: Store): Promise<boolean> {
  // Which two factors they are is each app's to say, and not whether it is they.
  if (isMultiFactor(proofs)) return true;
  for (const app of apps) {
    if (app.preferences.mfa.policy === 'off') continue;
    if (mfaDemand(proofs, app.preferences.mfa, await findSecondFactors(userId, app, store)) === 'ask') return false;
  }
  return true;
}
