import type { Flow } from '../model/flow.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';

/** Whom the address, the number or the username leads to that was typed; nobody where none was. */
export async function findIdentified({ email, phone, username }: Pick<Flow, 'email' | 'phone' | 'username'>, { store }: { readonly store: Store }): Promise<User | undefined> {
  if (email !== undefined) return store.users.findByEmail(email);
  if (phone !== undefined) return store.users.findByPhone(phone.canonical);
  return username === undefined ? undefined : store.users.findByUsername(username);
}
