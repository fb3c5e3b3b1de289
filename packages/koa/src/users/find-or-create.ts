import type { CanonicalEmail, CanonicalPhone, UserId } from '../model/ids.ts';
import type { User } from '../model/user.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store.ts';
import { findHolder, isSquat, releaseUnproved } from './contact-holder.ts';

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

/** An identifier that was just proved: as it was typed, and as it is compared; and what its owner is called where that is known. */
export type ProvenIdentifier = { readonly typed: string; readonly name?: string } & (
  | { readonly kind: 'email'; readonly canonical: CanonicalEmail }
  | { readonly kind: 'phone'; readonly canonical: CanonicalPhone }
);

/**
 * The user of an address or a number that was just proved, made if there is none and `mayCreate` agrees. The proof
 * verifies it, with the date of the first one.
 *
 * @returns `undefined` if there is no such user and none may be made, or the user is suspended.
 */
export async function findOrCreate(proven: ProvenIdentifier, mayCreate: boolean, deps: UserDeps): Promise<ProvenUser | undefined> {
  const { store, random, clock } = deps;
  const now = clock.now();
  const known = await findHolder(proven, store);
  if (known !== undefined && !(await isSquat(known, proven, deps))) {
    if (known.status !== 'active') return undefined;
    if (known[proven.kind]?.verifiedAt === undefined) await verify(known, proven, { store, now });
    return { user: known, isNewUser: false };
  }
  if (!mayCreate) return undefined;
  if (known !== undefined) await releaseUnproved(known, proven, { store, now });
  const { kind, typed, canonical, name } = proven;
  const created = await store.users.insert({
    id: random.id() as UserId,
    status: 'active',
    ...(name === undefined ? {} : { name }),
    [kind]: { typed, canonical, verifiedAt: now },
    createdAt: now,
    updatedAt: now,
  });
  const user = await findHolder(proven, store);
  if (user === undefined) return undefined;
  // Two flows may prove the same new identifier at once: the unique index lets one make the user, the other finds them.
  if (created) await store.audit.insert({ kind: 'user_created', at: now, userId: user.id });
  return { user, isNewUser: created };
}

/** A new user who has neither address nor number, if one may be made. */
export async function createNameless(name: string | undefined, mayCreate: boolean, { store, random, clock }: UserDeps): Promise<ProvenUser | undefined> {
  if (!mayCreate) return undefined;
  const now = clock.now();
  const id = random.id() as UserId;
  await store.users.insert({ id, status: 'active', ...(name === undefined ? {} : { name }), createdAt: now, updatedAt: now });
  await store.audit.insert({ kind: 'user_created', at: now, userId: id });
  const user = await store.users.find(id);
  return user === undefined ? undefined : { user, isNewUser: true };
}

function verify({ id }: User, proven: ProvenIdentifier, { store, now }: { readonly store: Store; readonly now: Date }): Promise<void> {
  return proven.kind === 'email' ? store.users.verifyEmail(id, proven.canonical, now) : store.users.verifyPhone(id, proven.canonical, now);
}
