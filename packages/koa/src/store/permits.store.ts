import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { UserId } from '../model/ids.ts';
import type { Permit } from '../model/permit.ts';
import type { Permits } from '../ports/permits.ts';
import { compileOnce } from './compile-once.ts';
import { toMoment } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { PermitRow } from './second-factor-rows.ts';
import type { StoreDeps } from './store-deps.ts';
import { hasWritten } from './store-deps.ts';

interface Asked {
  readonly userId: UserId;
  readonly now: Date;
}

const putPermit = compileOnce(({ db }, { user_id: userId, ...row }: Insertable<PermitRow>) =>
  db.insertInto('portico_permit').values({ user_id: userId, ...row }).onConflict((conflict) => conflict.column('user_id').doUpdateSet((given) => ({
    started_by: given.ref('excluded.started_by'),
    reason: given.ref('excluded.reason'),
    created_at: given.ref('excluded.created_at'),
    opens_at: given.ref('excluded.opens_at'),
    expires_at: given.ref('excluded.expires_at'),
  }))));

const findOpen = compileOnce(({ db }, { userId, now }: Asked) =>
  db.selectFrom('portico_permit').selectAll().where('user_id', '=', userId).where('opens_at', '<=', now).where('expires_at', '>', now));

const takePermit = compileOnce(({ db }, { userId, now }: Asked) =>
  db.deleteFrom('portico_permit').where('user_id', '=', userId).where('opens_at', '<=', now).where('expires_at', '>', now).returningAll());

const withdraw = compileOnce(({ db }, { userId }: Pick<Asked, 'userId'>) => db.deleteFrom('portico_permit').where('user_id', '=', userId));

/** A permit that is used or taken back goes. */
export function createPermits(deps: StoreDeps): Permits {
  return {
    async put({ userId, startedBy, reason, createdAt, opensAt, expiresAt }) {
      await putPermit(deps, { user_id: userId, started_by: startedBy, reason, created_at: createdAt, opens_at: opensAt, expires_at: expiresAt });
    },
    async findOpen(userId, now) {
      const { rows: [row] } = await findOpen(deps, { userId, now });
      return row && toPermit(row);
    },
    async claim(userId, now) {
      const { rows: [row] } = await takePermit(deps, { userId, now });
      return row && toPermit(row);
    },
    withdraw: async (userId) => hasWritten(await withdraw(deps, { userId })),
    removeExpired: (now, limit) => removeSome(deps, {
      table: 'portico_permit', key: 'user_id', past: 'expires_at', where: sql`expires_at <= ${now}`,
    }, limit),
  };
}

function toPermit(row: Selectable<PermitRow>): Permit {
  return {
    userId: row.user_id,
    startedBy: row.started_by,
    reason: row.reason,
    createdAt: toMoment(row.created_at),
    opensAt: toMoment(row.opens_at),
    expiresAt: toMoment(row.expires_at),
  };
}
