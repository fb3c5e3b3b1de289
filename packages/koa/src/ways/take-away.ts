/**
 * Taking away what a user can prove themselves with.
 *
 * Owns: that it is one transaction under a lock of the user's row, in which the rule is judged, the thing goes, and its owner
 * is told. Does not own: the rule (check-leaves-enough.ts), what there is to remove (removals.ts), HTTP.
 */
import { AuthError } from '../model/auth-error.ts';
import { checkRecentProof } from '../sessions/recent-proof.ts';
import { checkLeavesEnough } from './check-leaves-enough.ts';
import { checkOwnerIsHere } from '../mfa/check-owner-is-here.ts';
import { hasSecondFactor } from './has-second-factor.ts';
import { findPossessions, type Possessions } from './possessions.ts';
import type { FindRemoval, Removal } from './removals.ts';
import { tellOfRemoval } from './tell-of-removal.ts';
import type { Owner, WaysInDeps } from './ways-in-deps.ts';

/**
 * @returns what is left
 * @throws {AuthError} `reauthentication_required`, `not_found`, `last_way_in`, `last_second_factor`
 */
export async function takeAway(owner: Owner, find: FindRemoval, deps: WaysInDeps): Promise<Possessions> {
  checkRecentProof(owner.session, deps);
  const left = await deps.store.transaction((store) => remove(owner, find, { ...deps, store }));
  deps.outbox.nudge();
  return left;
}

async function remove(owner: Owner, find: FindRemoval, deps: WaysInDeps): Promise<Possessions> {
  const { store, social } = deps;
  const { had, apps } = await lockPossessions(owner, deps);
  const removal = find(had);
  // Somebody else's is none that there is.
  if (removal === undefined) throw new AuthError('not_found');
  checkLeavesEnough({ had, left: removal.left }, apps, social);
  if (!(await removal.remove(store))) throw new AuthError('not_found');
  // Whoever is half-way in by it stays there.
  await store.flows.removeOf(owner.session.userId);
  // They stand in for a second factor: without one they are good for nothing, and the next one comes with new ones.
  if (!hasSecondFactor(removal.left, apps)) await store.recoveryCodes.replaceAll(had.user.id, []);
  await note(owner, removal, deps);
  await tellOfRemoval(owner, { user: had.user, removal }, deps);
  return removal.left;
}

/** Of two at once the second sees what the first has left. */
export async function lockPossessions({ session }: Owner, { store }: Pick<WaysInDeps, 'store'>) {
  await store.users.lock(session.userId);
  const apps = await store.apps.list();
  const had = await findPossessions(session.userId, store);
  if (had === undefined) throw new AuthError('unauthorized');
  await checkOwnerIsHere(session, apps, store);
  return { had, apps };
}

async function note({ session, app, origin }: Owner, { audit, detail }: Removal, { store, clock }: WaysInDeps): Promise<void> {
  await store.audit.insert({
    kind: audit, at: clock.now(), appId: app.id, userId: session.userId, sessionId: session.id, address: origin.address,
    ...(detail === undefined ? {} : { detail }),
  });
}
