import type { CanonicalEmail, UserId } from '../model/ids.ts';
import type { User } from '../model/user.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store.ts';

export interface UserDeps {
  readonly store: Store;
  readonly random: Random;
  readonly clock: Clock;
}

/** Whom a proof leads to. */
export interface ProvenUser {
  readonly user: User;
  readonly isNewUser: boolean;
}

/**
 * The user of an address that was just proved, made if there is none and `mayCreate` agrees. The proof verifies the
 * address, with the date of the first one.
 *
 * @returns `undefined` if there is no such user and none may be made, or the user is suspended.
 */
export async function findOrCreateByEmail(
  email: { readonly typed: string; readonly canonical: CanonicalEmail },
  mayCreate: boolean,
  { store, random, clock }: UserDeps,
): Promise<ProvenUser | undefined> {
  const now = clock.now();
  const known = await store.users.findByEmail(email.canonical);
  if (known !== undefined) {
    if (known.status !== 'active') return undefined;
    if (known.email?.verifiedAt === undefined) await store.users.verifyEmail(known.id, email.canonical, now);
    return { user: known, isNewUser: false };
  }
  if (!mayCreate) return undefined;
  const created = await store.users.insert({
    id: random.id() as UserId,
    status: 'active',
    email: { ...email, verifiedAt: now },
    createdAt: now,
    updatedAt: now,
  });
  const user = await store.users.findByEmail(email.canonical);
  if (user === undefined) return undefined;
  // Two flows may prove the same new address at once: the unique index lets one make the user, the other finds them.
  if (created) await store.audit.insert({ kind: 'user_created', at: now, userId: user.id });
  return { user, isNewUser: created };
}
