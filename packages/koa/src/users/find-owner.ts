import type { UserId } from '../model/ids.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';
import { parseIfEmail } from './canonical.ts';
import { parseIfUsername } from './canonical-username.ts';

/** Whose account the host speaks of, by their id, their address or their username. */
export type AccountOwner = { readonly userId: string } | { readonly email: string } | { readonly username: string };

/** Nobody for an address, or a username, that is none. */
export async function findOwner(owner: AccountOwner, store: Store): Promise<User | undefined> {
  if ('userId' in owner) return store.users.find(owner.userId as UserId);
  if ('username' in owner) {
    const username = parseIfUsername(owner.username);
    return username === undefined ? undefined : store.users.findByUsername(username.canonical);
  }
  const email = parseIfEmail(owner.email);
  return email === undefined ? undefined : store.users.findByEmail(email.canonical);
}
