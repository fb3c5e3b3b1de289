import type { UserId } from '../model/ids.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';
import { parseIfEmail } from './canonical.ts';

/** Whose account the host speaks of, by their id or their address. */
export type AccountOwner = { readonly userId: string } | { readonly email: string };

/** Nobody for an address that is none. */
export async function findOwner(owner: AccountOwner, store: Store): Promise<User | undefined> {
  if ('userId' in owner) return store.users.find(owner.userId as UserId);
  const email = parseIfEmail(owner.email);
  return email === undefined ? undefined : store.users.findByEmail(email.canonical);
}
