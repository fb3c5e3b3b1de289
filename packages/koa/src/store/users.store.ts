import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { EmailIdentifier, User } from '../model/user.ts';
import type { Users } from '../ports/store.ts';
import { toMoment, toMomentIfAny, toRecord } from './record.ts';
import type { UserRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';
import { hasWritten } from './store-deps.ts';

export function createUsers({ db }: StoreDeps): Users {
  return {
    async insert(user) {
      const row = await db.insertInto('portico_user').values({
        id: user.id,
        status: user.status,
        name: user.name ?? null,
        email_typed: user.email?.typed ?? null,
        email_canonical: user.email?.canonical ?? null,
        email_verified_at: user.email?.verifiedAt ?? null,
        language: user.language ?? null,
        passkey_offer_skipped_at: null,
        refuses_passkey_offer: 0,
        created_at: user.createdAt,
        updated_at: user.updatedAt,
        // Only the address may be taken; another conflict is a fault, and is thrown.
      }).onConflict((conflict) => conflict.column('email_canonical').doNothing()).returning('id').executeTakeFirst();
      return row !== undefined;
    },
    async find(id) {
      const row = await db.selectFrom('portico_user').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toUser(row);
    },
    async findByEmail(email) {
      const row = await db.selectFrom('portico_user').selectAll().where('email_canonical', '=', email).executeTakeFirst();
      return row && toUser(row);
    },
    async verifyEmail(id, email, now) {
      await db.updateTable('portico_user').set({ email_verified_at: now, updated_at: now })
        .where('id', '=', id).where('email_canonical', '=', email).where('email_verified_at', 'is', null).execute();
    },
    async releaseEmail(id, email, now) {
      const rows = await db.updateTable('portico_user').set({ email_typed: null, email_canonical: null, updated_at: now })
        .where('id', '=', id).where('email_canonical', '=', email).where('email_verified_at', 'is', null).execute();
      return hasWritten(rows);
    },
    async notePasskeyOffer(id, { at, forever }) {
      await db.updateTable('portico_user').set({
        passkey_offer_skipped_at: at,
        updated_at: at,
        refuses_passkey_offer: forever ? 1 : sql.ref('refuses_passkey_offer'),
      }).where('id', '=', id).execute();
    },
  };
}

function toUser(row: Selectable<UserRow>): User {
  return toRecord<User>({
    id: row.id,
    status: row.status,
    name: row.name,
    email: toEmail(row),
    language: row.language,
    passkeyOfferSkippedAt: toMomentIfAny(row.passkey_offer_skipped_at),
    refusesPasskeyOffer: row.refuses_passkey_offer === 1,
    createdAt: toMoment(row.created_at),
    updatedAt: toMoment(row.updated_at),
  });
}

function toEmail(row: Selectable<UserRow>): EmailIdentifier | undefined {
  if (row.email_typed === null || row.email_canonical === null) return undefined;
  return toRecord<EmailIdentifier>({
    typed: row.email_typed,
    canonical: row.email_canonical,
    verifiedAt: toMomentIfAny(row.email_verified_at),
  });
}
