import type { Selectable } from 'kysely';
import type { Totp } from '../model/totp.ts';
import type { Totps } from '../ports/second-factors.ts';
import { toMoment, toRecord } from './record.ts';
import type { TotpRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';
import { hasWritten } from './store-deps.ts';

export function createTotps({ db }: StoreDeps): Totps {
  return {
    async insert(totp) {
      const row = await db.insertInto('portico_totp').values({
        id: totp.id,
        user_id: totp.userId,
        sealed_secret: totp.sealedSecret,
        algorithm: totp.algorithm,
        digits: totp.digits,
        period_seconds: totp.periodSeconds,
        last_used_step: totp.lastUsedStep,
        created_at: totp.createdAt,
      }).onConflict((conflict) => conflict.column('id').doNothing()).returning('id').executeTakeFirst();
      return row !== undefined;
    },
    async listOf(userId) {
      const rows = await db.selectFrom('portico_totp').selectAll().where('user_id', '=', userId).orderBy('created_at').orderBy('id').execute();
      return rows.map(toTotp);
    },
    async spendStep(id, step) {
      const rows = await db.updateTable('portico_totp').set({ last_used_step: step })
        .where('id', '=', id).where('last_used_step', '<', step).execute();
      return hasWritten(rows);
    },
  };
}

function toTotp(row: Selectable<TotpRow>): Totp {
  return toRecord<Totp>({
    id: row.id,
    userId: row.user_id,
    sealedSecret: row.sealed_secret,
    algorithm: row.algorithm,
    digits: row.digits,
    periodSeconds: row.period_seconds,
    lastUsedStep: Number(row.last_used_step),
    createdAt: toMoment(row.created_at),
  });
}
