import type { Selectable } from 'kysely';
import type { UserId } from '../model/ids.ts';
import type { Profile } from '../model/user.ts';
import type { StoreDeps } from './store-deps.ts';
import type { UserRow } from './user-row.ts';

/** A profile as its columns. */
export function toProfileRow({ name, givenName, familyName }: Profile): Pick<Selectable<UserRow>, 'name' | 'given_name' | 'family_name'> {
  return { name: name ?? null, given_name: givenName ?? null, family_name: familyName ?? null };
}

/** What is left out is known no more. */
export async function setProfile({ db }: StoreDeps, { id, now, ...profile }: Profile & { readonly id: UserId; readonly now: Date }): Promise<void> {
  await db.updateTable('portico_user').set({ ...toProfileRow(profile), updated_at: now }).where('id', '=', id).execute();
}
