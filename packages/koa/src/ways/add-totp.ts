/**
 * One more authenticator app, for somebody who is signed in.
 *
 * Owns: who may add one, and that it is there only with its first right digits, under a lock of its owner. Does not own: the
 * first second factor of somebody, which a flow sets up (with recovery codes, and a proof that the session then has); HTTP.
 */
import { totpAddedMail } from '../delivery/templates/totp-added.mail.ts';
import type { ShownOffer } from '../methods/totp/totp-offer.ts';
import { AuthError } from '../model/auth-error.ts';
import type { Sealed } from '../model/ids.ts';
import type { Totp } from '../model/totp.ts';
import type { User } from '../model/user.ts';
import { checkRecentProof } from '../sessions/recent-proof.ts';
import { hasSecondFactor } from './has-second-factor.ts';
import { lockPossessions } from './take-away.ts';
import { tellInside } from './tell-of-removal.ts';
import type { Owner, WaysInDeps } from './ways-in-deps.ts';

/** What the page shows, and gives back with the digits. `account` is what their app calls them. */
export interface OwnTotpOffer extends ShownOffer {
  readonly offer: Sealed;
}

/**
 * Changes nothing: who never types the digits has no app more.
 *
 * @throws {AuthError} `reauthentication_required`; `method_disabled` where the app has none; `action_not_allowed` for who has
 *   no second factor yet, or as many apps as there may be
 */
export async function offerTotp(owner: Owner, accountOf: (user: User) => string, deps: WaysInDeps): Promise<OwnTotpOffer> {
  const user = await deps.store.transaction((store) => checkMayAdd(owner, { ...deps, store }));
  const context = contextOf(owner, user);
  const offer = deps.totp.offer(context);
  return { offer, ...(await deps.totp.show(offer, { ...context, account: accountOf(user) })) };
}

/** @throws {AuthError} the same; `totp_wrong`; `field_invalid` for an offer of another session, or none */
export async function addTotp(owner: Owner, { offer, code }: { readonly offer: string; readonly code: string }, deps: WaysInDeps): Promise<Totp> {
  const added = await deps.store.transaction(async (store) => {
    const inside = { ...deps, store };
    const user = await checkMayAdd(owner, inside);
    const totp = confirm(owner, { user, offer, code }, deps);
    if (!(await store.totps.insert(totp))) throw new AuthError('action_not_allowed');
    // What was remembered was said of the second factors of then.
    await store.devices.distrustAllOf(user.id);
    const { session, app, origin } = owner;
    await store.audit.insert({ kind: 'totp_added', at: deps.clock.now(), appId: app.id, userId: user.id, sessionId: session.id, address: origin.address });
    await tellInside(owner, { user, write: totpAddedMail }, inside);
    return totp;
  });
  deps.outbox.nudge();
  return added;
}

async function checkMayAdd(owner: Owner, deps: WaysInDeps): Promise<User> {
  const { isOn, perUser } = owner.app.preferences.methods.totp;
  if (!isOn) throw new AuthError('method_disabled');
  checkRecentProof(owner.session, deps);
  const { had, apps } = await lockPossessions(owner, deps);
  if (!hasSecondFactor(had, apps) || had.totps.length >= perUser) throw new AuthError('action_not_allowed');
  return had.user;
}

function contextOf({ app, session }: Owner, user: User) {
  return { app, user, flow: { id: `session:${session.id}` } };
}

function confirm(owner: Owner, { user, offer, code }: { readonly user: User; readonly offer: string; readonly code: string }, { totp }: WaysInDeps): Totp {
  const confirmed = opened(() => totp.confirm(offer as Sealed, code, contextOf(owner, user)));
  if (confirmed === undefined) throw new AuthError('totp_wrong', { fields: [{ path: 'code', code: 'totp_wrong' }] });
  return confirmed;
}

/** What does not open was made elsewhere, or for somebody else. */
function opened<Result>(open: () => Result): Result {
  try {
    return open();
  } catch (cause) {
    throw new AuthError('field_invalid', { cause, fields: [{ path: 'offer', code: 'field_invalid' }] });
  }
}
