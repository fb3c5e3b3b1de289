import { sql } from 'kysely';
import type { UserId } from '../model/ids.ts';
import type { UsernameIdentifier } from '../model/user.ts';
import type { StoreDeps } from './store-deps.ts';

/** One statement, as in set-contact.ts: of two who want the same name at once one gets it. */
export async function setUsername({ db }: StoreDeps, { id, typed, canonical, now }: UsernameIdentifier & { readonly id: UserId; readonly now: Date }): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    update portico_user set username_typed = ${typed}, username_canonical = ${canonical}, updated_at = ${now}
    where id = ${id} and not exists (
      select 1 from portico_user as holder where holder.username_canonical = ${canonical} and holder.id <> ${id})`.execute(db);
  return numAffectedRows > 0n;
}
