import { sql } from 'kysely';
import type { UserId } from '../model/ids.ts';
import type { SetContact } from '../ports/contacts.ts';
import type { StoreDeps } from './store-deps.ts';

const columns = {
  email: { typed: 'email_typed', canonical: 'email_canonical', verifiedAt: 'email_verified_at' },
  phone: { typed: 'phone_typed', canonical: 'phone_canonical', verifiedAt: 'phone_verified_at' },
} as const;

/**
 * One statement, so that of two who want the same contact at once one gets it. Where PostgreSQL lets both look before
 * either has written, its unique index ends one of the transactions, and that one begins anew.
 */
export async function setContact(
  { db }: StoreDeps, { id, kind, from, to, now }: SetContact & { readonly id: UserId; readonly now: Date },
): Promise<boolean> {
  const { typed, canonical, verifiedAt } = columns[kind];
  const had = sql.ref(canonical);
  const isAsExpected = typeof from === 'object' ? sql`true` : from === undefined ? sql`${had} is null` : sql`${had} = ${from}`;
  const isFree = to === undefined ? sql`true` : sql`not exists (
    select 1 from portico_user as holder where ${sql.ref(`holder.${canonical}`)} = ${to.canonical} and holder.id <> ${id})`;
  const { numAffectedRows = 0n } = await sql`
    update portico_user set ${sql.ref(typed)} = ${to?.typed ?? null}, ${had} = ${to?.canonical ?? null},
      ${sql.ref(verifiedAt)} = ${to?.verifiedAt ?? null}, updated_at = ${now}
    where id = ${id} and ${isAsExpected} and ${isFree}`.execute(db);
  return numAffectedRows > 0n;
}
