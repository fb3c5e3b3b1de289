import type { Insertable, Selectable } from 'kysely';
import type { Sealed, UserId } from '../model/ids.ts';
import type { Password } from '../model/password.ts';
import type { Passwords } from '../ports/store.ts';
import { compileOnce } from './compile-once.ts';
import { toMoment, toMomentIfAny, toRecord } from './record.ts';
import type { FormerPasswordRow, PasswordRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';
import { hasWritten } from './store-deps.ts';

const findPassword = compileOnce(({ db }, { userId }: { readonly userId: UserId }) =>
  db.selectFrom('portico_password').selectAll().where('user_id', '=', userId));

const insertPassword = compileOnce(({ db }, password: Insertable<PasswordRow>) => db.insertInto('portico_password').values(password)
  .onConflict((conflict) => conflict.column('user_id').doNothing()).returning('user_id'));

const replacePassword = compileOnce(({ db }, { replaced, user_id: userId, ...row }: Insertable<PasswordRow> & { readonly replaced: Sealed }) =>
  db.updateTable('portico_password').set(row).where('user_id', '=', userId).where('sealed_hash', '=', replaced));

const findFormer = compileOnce(({ db }, { userId }: { readonly userId: UserId }) => db.selectFrom('portico_former_password').selectAll()
  .where('user_id', '=', userId).orderBy('ended_at', 'desc').orderBy('sealed_hash'));

const insertFormer = compileOnce(({ db }, former: Insertable<FormerPasswordRow>) => db.insertInto('portico_former_password').values(former)
  .onConflict((conflict) => conflict.doNothing()));

export function createPasswords(deps: StoreDeps): Passwords {
  return {
    async find(userId) {
      const { rows: [row] } = await findPassword(deps, { userId });
      return row && toPassword(row);
    },
    async insert(password) {
      const { rows } = await insertPassword(deps, toRow(password));
      return rows.length > 0;
    },
    retire: (password, most, now) => retire(deps, { ...password, now }, most),
    listFormer: async (userId) => (await listFormer(deps, userId)).map((row) => row.sealed_hash),
    replace: async (replaced, password) => hasWritten(await replacePassword(deps, { ...toRow(password), replaced })),
  };
}

interface RetiredPassword extends Pick<Password, 'userId' | 'sealedHash'> {
  readonly now: Date;
}

async function retire(deps: StoreDeps, { userId, sealedHash, now }: RetiredPassword, most: number): Promise<void> {
  const former = await listFormer(deps, userId);
  const last = former[0] && toMoment(former[0].ended_at);
  // Of two in the same millisecond, or with a clock that was set back, the later is the later.
  const endedAt = last !== undefined && last >= now ? new Date(last.getTime() + 1) : now;
  if (most > 0) await insertFormer(deps, { user_id: userId, sealed_hash: sealedHash, ended_at: endedAt });
  const beyond = former.slice(Math.max(0, most - 1)).map((row) => row.sealed_hash);
  if (beyond.length === 0) return;
  await deps.db.deleteFrom('portico_former_password').where('user_id', '=', userId).where('sealed_hash', 'in', beyond).execute();
}

async function listFormer(deps: StoreDeps, userId: UserId): Promise<readonly Selectable<FormerPasswordRow>[]> {
  return (await findFormer(deps, { userId })).rows;
}

function toRow({ userId, sealedHash, setAt, mustChange, endsAt }: Password): Insertable<PasswordRow> {
  return { user_id: userId, sealed_hash: sealedHash, set_at: setAt, must_change: mustChange ?? null, ends_at: endsAt ?? null };
}

function toPassword(row: Selectable<PasswordRow>): Password {
  return toRecord<Password>({
    userId: row.user_id,
    sealedHash: row.sealed_hash,
    setAt: toMoment(row.set_at),
    mustChange: row.must_change === 'demanded' || row.must_change === 'temporary' ? row.must_change : undefined,
    endsAt: toMomentIfAny(row.ends_at),
  });
}
