import type { Selectable } from 'kysely';
import type { Password } from '../model/password.ts';
import type { Passwords } from '../ports/store.ts';
import { toMoment, toRecord } from './record.ts';
import type { PasswordRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';
import { hasWritten } from './store-deps.ts';

export function createPasswords({ db }: StoreDeps): Passwords {
  return {
    async find(userId) {
      const row = await db.selectFrom('portico_password').selectAll().where('user_id', '=', userId).executeTakeFirst();
      return row && toPassword(row);
    },
    async insert({ userId, sealedHash, setAt }) {
      const row = await db.insertInto('portico_password').values({ user_id: userId, sealed_hash: sealedHash, set_at: setAt })
        .onConflict((conflict) => conflict.column('user_id').doNothing()).returning('user_id').executeTakeFirst();
      return row !== undefined;
    },
    async replace(replaced, { userId, sealedHash, setAt }) {
      const rows = await db.updateTable('portico_password').set({ sealed_hash: sealedHash, set_at: setAt })
        .where('user_id', '=', userId).where('sealed_hash', '=', replaced).execute();
      return hasWritten(rows);
    },
  };
}

function toPassword(row: Selectable<PasswordRow>): Password {
  return toRecord<Password>({ userId: row.user_id, sealedHash: row.sealed_hash, setAt: toMoment(row.set_at) });
}
