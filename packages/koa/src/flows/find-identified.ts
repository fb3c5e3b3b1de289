import type { Flow } from '../model/flow.ts';
import type { User } from '../model/user.ts';
import type { Store } from '../ports/store.ts';

/** Whom the address or the number leads to that was typed; nobody where none was. */
export async function findIdentified({ email, phone }: Pick<Flow, 'email' | 'phone'>, { store }: { readonly store: Store }): Promise<User | undefined> {
  if (email !== undefined) return store.users.findByEmail(email);
  return phone === undefined ? undefined : store.users.findByPhone(phone.canonical);
}
