import type { Flow } from '../model/flow.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';

/** Whom the address, the number, the username or the id leads to that was named; nobody where none was. */
export async function findIdentified({ email, phone, username, namedId }: Pick<Flow, 'email' | 'phone' | 'username' | 'namedId'>, { store }: { readonly store: Store }): Promise<User | undefined> {
  if (email !== undefined) return store.users.findByEmail(email);
  if (phone !== undefined) return store.users.findByPhone(phone.canonical);
  if (namedId !== undefined) return store.users.find(namedId);
  return username === undefined ? undefined : store.users.findByUsername(username);
}
