/**
 * Who has an address or a number beside their account.
 *
 * Owns: whether they may keep it from whoever proves it, and that only what was never proved is taken away. Does not own: whose it is then.
 */
import type { ContactKind } from '../model/contact.ts';
import type { CanonicalEmail, CanonicalPhone, UserId } from '../model/ids.ts';
import type { User } from '../model/user.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';

interface Wanted {
  readonly kind: ContactKind;
  readonly canonical: CanonicalEmail | CanonicalPhone;
}

/** Whose contact it is. */
export function findHolder({ kind, canonical }: Wanted, { users }: Store): Promise<User | undefined> {
  return kind === 'email' ? users.findByEmail(canonical as CanonicalEmail) : users.findByPhone(canonical as CanonicalPhone);
}

/**
 * Whoever wrote an address or a number beside an account of theirs and never proved it loses it to whoever does: otherwise
 * they would wait in the account for its owner (CVE-2026-53516). An account that nobody can get into waits for nobody: it
 * was prepared for the owner, and is theirs.
 */
export async function isSquat(holder: User, { kind }: Pick<Wanted, 'kind'>, { store, clock }: { readonly store: Store; readonly clock: Clock }): Promise<boolean> {
  const { id } = holder;
  if (holder[kind]?.verifiedAt !== undefined) return false;
  if (holder.email?.verifiedAt !== undefined || holder.phone?.verifiedAt !== undefined) return true;
  if ((await store.passwords.find(id)) !== undefined || (await store.passkeys.listOf(id)).length > 0) return true;
  return (await store.identities.listOf(id)).length > 0 || (await store.sessions.listOf(id, clock.now())).length > 0;
}

/** Takes a contact away from whoever never proved it, for somebody who did (CVE-2026-53516). */
export async function releaseUnproved({ id }: User, { kind, canonical }: Wanted, { store, now }: { readonly store: Store; readonly now: Date }): Promise<boolean> {
  return kind === 'email'
    ? store.users.releaseEmail(id, canonical as CanonicalEmail, now)
    : store.users.releasePhone(id, canonical as CanonicalPhone, now);
}

/** For whoever has proved it: who wrote it beside their account and never did loses it; an account that was prepared for its owner does not. */
export async function freeContact(wanted: Wanted & { readonly userId: UserId }, { store, clock }: { readonly store: Store; readonly clock: Clock }): Promise<void> {
  const holder = await findHolder(wanted, store);
  if (holder === undefined || holder.id === wanted.userId) return;
  if (await isSquat(holder, wanted, { store, clock })) await releaseUnproved(holder, wanted, { store, now: clock.now() });
}
