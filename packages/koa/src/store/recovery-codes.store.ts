import type { Selectable } from 'kysely';
import type { RecoveryCodeId, UserId } from '../model/ids.ts';
import type { RecoveryCode } from '../model/recovery-code.ts';
import type { RecoveryCodes } from '../ports/second-factors.ts';
import { compileOnce } from './compile-once.ts';
import { toMoment, toRecord } from './record.ts';
import type { RecoveryCodeRow } from './second-factor-rows.ts';
import type { StoreDeps } from './store-deps.ts';

const listCodes = compileOnce(({ db }, { userId }: { readonly userId: UserId }) =>
  db.selectFrom('portico_recovery_code').selectAll().where('user_id', '=', userId).orderBy('id'));

const countCodes = compileOnce(({ db }, { userId }: { readonly userId: UserId }) =>
  db.selectFrom('portico_recovery_code').select((row) => row.fn.countAll<number | string>().as('count')).where('user_id', '=', userId));

const takeCode = compileOnce(({ db }, { id, userId }: { readonly id: RecoveryCodeId; readonly userId: UserId }) =>
  db.deleteFrom('portico_recovery_code').where('id', '=', id).where('user_id', '=', userId).returning('id'));

/** A code that is used goes: what is there is what is left. */
export function createRecoveryCodes(deps: StoreDeps): RecoveryCodes {
  return {
    replaceAll: (userId, codes) => deps.transact(async ({ db }) => {
      await db.deleteFrom('portico_recovery_code').where('user_id', '=', userId).execute();
      const rows = codes.map(({ id, sealedDigest, createdAt }) => ({ id, user_id: userId, sealed_digest: sealedDigest, created_at: createdAt }));
      if (rows.length > 0) await db.insertInto('portico_recovery_code').values(rows).execute();
    }),
    async listOf(userId) {
      const { rows } = await listCodes(deps, { userId });
      return rows.map(toRecoveryCode);
    },
    async countOf(userId) {
      const { rows: [row] } = await countCodes(deps, { userId });
      return Number(row?.count ?? 0);
    },
    async claim(id, userId) {
      const { rows } = await takeCode(deps, { id, userId });
      return rows.length > 0;
    },
  };
}

function toRecoveryCode(row: Selectable<RecoveryCodeRow>): RecoveryCode {
  return toRecord<RecoveryCode>({ id: row.id, userId: row.user_id, sealedDigest: row.sealed_digest, createdAt: toMoment(row.created_at) });
}
