import type { Selectable } from 'kysely';
import type { Passkey } from '../model/passkey.ts';
import type { Passkeys } from '../ports/store.ts';
import { parseJson, toMoment, toMomentIfAny, withoutAbsent } from './record.ts';
import type { PasskeyRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';
import { hasWritten } from './store-deps.ts';

export function createPasskeys({ db }: StoreDeps): Passkeys {
  return {
    async insert(passkey) {
      const row = await db.insertInto('portico_passkey').values({
        id: passkey.id,
        user_id: passkey.userId,
        counter: passkey.counter,
        is_backed_up: passkey.isBackedUp ? 1 : 0,
        last_used_at: passkey.lastUsedAt ?? null,
        created_at: passkey.createdAt,
        record: JSON.stringify(passkey),
      }).onConflict((conflict) => conflict.column('id').doNothing()).returning('id').executeTakeFirst();
      return row !== undefined;
    },
    async find(id) {
      const row = await db.selectFrom('portico_passkey').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toPasskey(row);
    },
    async listOf(userId) {
      const rows = await db.selectFrom('portico_passkey').selectAll().where('user_id', '=', userId)
        .orderBy('created_at').orderBy('id').execute();
      return rows.map(toPasskey);
    },
    async noteUse(id, { counter, isBackedUp, at }) {
      // An authenticator without a counter says 0 for ever (WebAuthn, section 6.1.1).
      const rows = await db.updateTable('portico_passkey')
        .set({ counter, is_backed_up: isBackedUp ? 1 : 0, last_used_at: at })
        .where('id', '=', id)
        .where((row) => counter === 0 ? row('counter', '=', 0) : row('counter', '<', counter))
        .execute();
      return hasWritten(rows);
    },
  };
}

/** What changes with use is in columns; the rest is as it was at registration. */
function toPasskey(row: Selectable<PasskeyRow>): Passkey {
  return withoutAbsent<Passkey>({
    ...parseJson<Passkey>(row.record),
    counter: Number(row.counter),
    isBackedUp: row.is_backed_up === 1,
    createdAt: toMoment(row.created_at),
    lastUsedAt: toMomentIfAny(row.last_used_at),
  });
}
