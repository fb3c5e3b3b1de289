import type { ContactKind } from '../model/contact.ts';
import type { CanonicalEmail, CanonicalPhone } from '../model/ids.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';

interface Wanted {
  readonly kind: ContactKind;
  readonly canonical: CanonicalEmail | CanonicalPhone;
}

/** Whose contact it is. */
export function findHolder({ kind, canonical }: Wanted, { users }: Store): Promise<User | undefined> {
  return kind === 'email' ? users.findByEmail(canonical as CanonicalEmail) : users.findByPhone(canonical as CanonicalPhone);
}

/** Takes a contact away from whoever never proved it, for somebody who did (CVE-2026-53516). */
export async function releaseUnproved({ id }: User, { kind, canonical }: Wanted, { store, now }: { readonly store: Store; readonly now: Date }): Promise<boolean> {
  return kind === 'email'
    ? store.users.releaseEmail(id, canonical as CanonicalEmail, now)
    : store.users.releasePhone(id, canonical as CanonicalPhone, now);
}
