import type { CanonicalEmail, CanonicalPhone, UserId } from '../model/ids.ts';
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

/** An identifier that was just proved: as it was typed, and as it is compared. */
export type ProvenIdentifier =
  | { readonly kind: 'email'; readonly typed: string; readonly canonical: CanonicalEmail }
  | { readonly kind: 'phone'; readonly typed: string; readonly canonical: CanonicalPhone };

/**
 * The user of an address or a number that was just proved, made if there is none and `mayCreate` agrees. The proof
 * verifies it, with the date of the first one.
 *
 * @returns `undefined` if there is no such user and none may be made, or the user is suspended.
 */
export async function findOrCreate(proven: ProvenIdentifier, mayCreate: boolean, { store, random, clock }: UserDeps): Promise<ProvenUser | undefined> {
  const now = clock.now();
  const known = await find(proven, store);
  if (known !== undefined) {
    if (known.status !== 'active') return undefined;
    if (known[proven.kind]?.verifiedAt === undefined) await verify(known, proven, { store, now });
    return { user: known, isNewUser: false };
  }
  if (!mayCreate) return undefined;
  const { kind, typed, canonical } = proven;
  const created = await store.users.insert({
    id: random.id() as UserId,
    status: 'active',
    [kind]: { typed, canonical, verifiedAt: now },
    createdAt: now,
    updatedAt: now,
  });
  const user = await find(proven, store);
  if (user === undefined) return undefined;
  // Two flows may prove the same new identifier at once: the unique index lets one make the user, the other finds them.
  if (created) await store.audit.insert({ kind: 'user_created', at: now, userId: user.id });
  return { user, isNewUser: created };
}

function find(proven: ProvenIdentifier, { users }: Store): Promise<User | undefined> {
  return proven.kind === 'email' ? users.findByEmail(proven.canonical) : users.findByPhone(proven.canonical);
}

function verify({ id }: User, proven: ProvenIdentifier, { store, now }: { readonly store: Store; readonly now: Date }): Promise<void> {
  return proven.kind === 'email' ? store.users.verifyEmail(id, proven.canonical, now) : store.users.verifyPhone(id, proven.canonical, now);
}
