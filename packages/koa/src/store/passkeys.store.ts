import type { Insertable, Selectable } from 'kysely';
import type { PasskeyId, UserId } from '../model/ids.ts';
import type { Passkey } from '../model/passkey.ts';
import type { Passkeys } from '../ports/store.ts';
import { compileOnce } from './compile-once.ts';
import { parseJson, toMoment, toMomentIfAny, withoutAbsent } from './record.ts';
import type { PasskeyRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';
import { hasWritten } from './store-deps.ts';

const insertPasskey = compileOnce(({ db }, passkey: Insertable<PasskeyRow>) => db.insertInto('portico_passkey').values(passkey)
  .onConflict((conflict) => conflict.column('id').doNothing()).returning('id'));

const findPasskey = compileOnce(({ db }, { id }: { readonly id: PasskeyId }) =>
  db.selectFrom('portico_passkey').selectAll().where('id', '=', id));

const listOfUser = compileOnce(({ db }, { userId }: { readonly userId: UserId }) =>
  db.selectFrom('portico_passkey').selectAll().where('user_id', '=', userId).orderBy('created_at').orderBy('id'));

interface Use extends Pick<Insertable<PasskeyRow>, 'id' | 'counter'> {
  readonly isBackedUp: PasskeyRow['is_backed_up'];
  readonly at: Date;
}

const noteUse = compileOnce(({ db }, { id, counter, isBackedUp, at }: Use) =>
  db.updateTable('portico_passkey').set({ counter, is_backed_up: isBackedUp, last_used_at: at }).where('id', '=', id)
    // An authenticator without a counter says 0 for ever (WebAuthn, section 6.1.1).
    .where((row) => row.or([row('counter', '<', counter), row.and([row('counter', '=', counter), row('counter', '=', 0)])])));

interface Owned {
  readonly id: PasskeyId;
  readonly userId: UserId;
}

const findOwnedToChange = compileOnce(({ db, engine }, { id, userId }: Owned) => {
  const passkey = db.selectFrom('portico_passkey').selectAll().where('id', '=', id).where('user_id', '=', userId);
  return engine.locksRows ? passkey.forUpdate() : passkey;
});

const removeOwned = compileOnce(({ db }, { id, userId }: Owned) =>
  db.deleteFrom('portico_passkey').where('id', '=', id).where('user_id', '=', userId));

const replaceRecord = compileOnce(({ db }, { id, record }: { readonly id: PasskeyId; readonly record: string }) =>
  db.updateTable('portico_passkey').set({ record }).where('id', '=', id));

const removeAllOf = compileOnce(({ db }, { userId }: { readonly userId: UserId }) => db.deleteFrom('portico_passkey').where('user_id', '=', userId));

export function createPasskeys(deps: StoreDeps): Passkeys {
  return {
    async insert(passkey) {
      const { rows } = await insertPasskey(deps, {
        id: passkey.id,
        user_id: passkey.userId,
        counter: passkey.counter,
        is_backed_up: passkey.isBackedUp ? 1 : 0,
        last_used_at: passkey.lastUsedAt ?? null,
        created_at: passkey.createdAt,
        record: JSON.stringify(passkey),
      });
      return rows.length > 0;
    },
    removeAllOf: async (userId) => Number((await removeAllOf(deps, { userId })).numAffectedRows ?? 0n),
    async find(id) {
      const { rows: [row] } = await findPasskey(deps, { id });
      return row && toPasskey(row);
    },
    async listOf(userId) {
      const { rows } = await listOfUser(deps, { userId });
      return rows.map(toPasskey);
    },
    async noteUse(id, { counter, isBackedUp, at }) {
      return hasWritten(await noteUse(deps, { id, counter, isBackedUp: isBackedUp ? 1 : 0, at }));
    },
    remove: async (id, userId) => hasWritten(await removeOwned(deps, { id, userId })),
    rename: (id, userId, nickname) => deps.transact(async (inside) => {
      const { rows: [row] } = await findOwnedToChange(inside, { id, userId });
      if (row === undefined) return undefined;
      const renamed = { ...toPasskey(row), nickname };
      await replaceRecord(inside, { id, record: JSON.stringify(renamed) });
      return renamed;
    }),
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
