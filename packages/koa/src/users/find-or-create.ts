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

/** An address that was just proved, and what its owner is called where that is known. */
interface ProvedAddress {
  readonly typed: string;
  readonly canonical: CanonicalEmail;
  readonly name?: string;
}

/**
 * The user of an address that was just proved, made if there is none and `mayCreate` agrees. The proof verifies the
 * address, with the date of the first one.
 *
 * @returns `undefined` if there is no such user and none may be made, or the user is suspended.
 */
export async function findOrCreateByEmail({ name, ...email }: ProvedAddress, mayCreate: boolean, deps: UserDeps): Promise<ProvenUser | undefined> {
  const { store, random, clock } = deps;
  const now = clock.now();
  const known = await store.users.findByEmail(email.canonical);
  const isOccupied = known !== undefined && (await isSquat(known, deps));
  if (known !== undefined && !isOccupied) {
    if (known.status !== 'active') return undefined;
    if (known.email?.verifiedAt === undefined) await store.users.verifyEmail(known.id, email.canonical, now);
    return { user: known, isNewUser: false };
  }
  if (!mayCreate) return undefined;
  if (known !== undefined) await store.users.releaseEmail(known.id, email.canonical, now);
  const created = await store.users.insert({
    id: random.id() as UserId,
    status: 'active',
    ...(name === undefined ? {} : { name }),
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

/**
 * Whoever wrote an address beside an account of theirs and never proved it loses it to whoever does: otherwise they would
 * wait in the account for its owner (CVE-2026-53516). An account that nobody can get into waits for nobody: it was
 * prepared for the owner, and is theirs.
 */
async function isSquat({ id, email }: User, { store, clock }: UserDeps): Promise<boolean> {
  if (email?.verifiedAt !== undefined) return false;
  if ((await store.passwords.find(id)) !== undefined || (await store.passkeys.listOf(id)).length > 0) return true;
  return (await store.identities.listOf(id)).length > 0 || (await store.sessions.listOf(id, clock.now())).length > 0;
}

/** A new user who has no address, if one may be made. */
export async function createWithoutEmail(name: string | undefined, mayCreate: boolean, { store, random, clock }: UserDeps): Promise<ProvenUser | undefined> {
  if (!mayCreate) return undefined;
  const now = clock.now();
  const id = random.id() as UserId;
  await store.users.insert({ id, status: 'active', ...(name === undefined ? {} : { name }), createdAt: now, updatedAt: now });
  await store.audit.insert({ kind: 'user_created', at: now, userId: id });
  const user = await store.users.find(id);
  return user === undefined ? undefined : { user, isNewUser: true };
}
