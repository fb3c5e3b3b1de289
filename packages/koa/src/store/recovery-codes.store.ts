import type { Selectable } from 'kysely';
import type { RecoveryCode } from '../model/recovery-code.ts';
import type { RecoveryCodes } from '../ports/second-factors.ts';
import { toMoment, toRecord } from './record.ts';
import type { RecoveryCodeRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';
import { inTransaction } from './store-deps.ts';

/** A code that is used goes: what is there is what is left. */
export function createRecoveryCodes(deps: StoreDeps): RecoveryCodes {
  const { db } = deps;
  return {
    replaceAll: (userId, codes) => inTransaction(deps, async (inside) => {
      await inside.db.deleteFrom('portico_recovery_code').where('user_id', '=', userId).execute();
      const rows = codes.map(({ id, sealedDigest, createdAt }) => ({ id, user_id: userId, sealed_digest: sealedDigest, created_at: createdAt }));
      if (rows.length > 0) await inside.db.insertInto('portico_recovery_code').values(rows).execute();
    }),
    async listOf(userId) {
      const rows = await db.selectFrom('portico_recovery_code').selectAll().where('user_id', '=', userId).orderBy('id').execute();
      return rows.map(toRecoveryCode);
    },
    async countOf(userId) {
      const { count } = await db.selectFrom('portico_recovery_code').select((row) => row.fn.countAll<number | string>().as('count'))
        .where('user_id', '=', userId).executeTakeFirstOrThrow();
      return Number(count);
    },
    async claim(id, userId) {
      const row = await db.deleteFrom('portico_recovery_code').where('id', '=', id).where('user_id', '=', userId).returning('id').executeTakeFirst();
      return row !== undefined;
    },
  };
}

function toRecoveryCode(row: Selectable<RecoveryCodeRow>): RecoveryCode {
  return toRecord<RecoveryCode>({ id: row.id, userId: row.user_id, sealedDigest: row.sealed_digest, createdAt: toMoment(row.created_at) });
}
