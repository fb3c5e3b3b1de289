import type { Insertable, Selectable } from 'kysely';
import type { TotpId, UserId } from '../model/ids.ts';
import type { Totp } from '../model/totp.ts';
import type { Totps } from '../ports/second-factors.ts';
import { compileOnce } from './compile-once.ts';
import { toMoment, toRecord } from './record.ts';
import type { TotpRow } from './second-factor-rows.ts';
import type { StoreDeps } from './store-deps.ts';
import { hasWritten } from './store-deps.ts';

const insertTotp = compileOnce(({ db }, totp: Insertable<TotpRow>) => db.insertInto('portico_totp').values(totp)
  .onConflict((conflict) => conflict.column('id').doNothing()).returning('id'));

const listTotps = compileOnce(({ db }, { userId }: { readonly userId: UserId }) =>
  db.selectFrom('portico_totp').selectAll().where('user_id', '=', userId).orderBy('created_at').orderBy('id'));


const takeStep = compileOnce(({ db }, { id, step }: { readonly id: TotpId; readonly step: number }) =>
  db.updateTable('portico_totp').set({ last_used_step: step }).where('id', '=', id).where('last_used_step', '<', step));

const removeTotp = compileOnce(({ db }, { id, userId }: { readonly id: TotpId; readonly userId: UserId }) =>
  db.deleteFrom('portico_totp').where('id', '=', id).where('user_id', '=', userId));
const removeAllOf = compileOnce(({ db }, { userId }: { readonly userId: UserId }) => db.deleteFrom('portico_totp').where('user_id', '=', userId));

export function createTotps(deps: StoreDeps): Totps {
  return {
    async insert(totp) {
      const { rows } = await insertTotp(deps, toRow(totp));
      return rows.length > 0;
    },
    async listOf(userId) {
      const { rows } = await listTotps(deps, { userId });
      return rows.map(toTotp);
    },
    remove: async (id, userId) => hasWritten(await removeTotp(deps, { id, userId })),
    removeAllOf: async (userId) => Number((await removeAllOf(deps, { userId })).numAffectedRows ?? 0n),
    spendStep: async (id, step) => hasWritten(await takeStep(deps, { id, step })),
  };
}

function toRow(totp: Totp): Insertable<TotpRow> {
  return {
    id: totp.id,
    user_id: totp.userId,
    sealed_secret: totp.sealedSecret,
    algorithm: totp.algorithm,
    digits: totp.digits,
    period_seconds: totp.periodSeconds,
    last_used_step: totp.lastUsedStep,
    created_at: totp.createdAt,
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
