import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Grant, GrantStanding } from '../model/grant.ts';
import type { Digest, GrantId, UserId } from '../model/ids.ts';
import type { Grants } from '../ports/grants.ts';
import { compileOnce } from './compile-once.ts';
import { endAfter } from './grant-end.ts';
import { parseJson, toMoment, toMomentIfAny, withoutAbsent } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { GrantRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';
import { hasWritten } from './store-deps.ts';
import { toUser } from './users.store.ts';

/** What its record does not say, under names that a user's columns have not. */
const grantColumns = ['portico_grant.record as grant_record', 'portico_grant.revoked_at as grant_revoked_at'] as const;

/** A session that is being closed just now revokes what is under it; what comes a moment later is born revoked. */
const insertGrant = compileOnce(({ db, engine }, grant: Omit<Insertable<GrantRow>, 'revoked_at'>) => {
  const session = db.selectFrom('portico_session').where('id', '=', grant.session_id)
    .select((row) => row.ref('closed_at').$castTo<Date | null>().as('closed_at'));
  return db.insertInto('portico_grant').values({ ...grant, revoked_at: engine.locksRows ? session.forShare() : session });
});

const findGrant = compileOnce(({ db }, { id }: { readonly id: GrantId }) =>
  db.selectFrom('portico_grant').select(grantColumns).where('id', '=', id));

/** Of grants that are found in one way or the other. */
const selectStanding = (db: StoreDeps['db'], now: Date) =>
  db.selectFrom('portico_grant')
    .innerJoin('portico_user', 'portico_user.id', 'portico_grant.user_id')
    .leftJoin('portico_session', (session) => session.onRef('portico_session.id', '=', 'portico_grant.session_id')
      .on('closed_at', 'is', null).on('portico_session.expires_at', '>', now).on('idle_expires_at', '>', now))
    .selectAll('portico_user').select([...grantColumns, 'portico_session.id as living_session_id']);

const findStanding = compileOnce(({ db }, { id, now }: { readonly id: GrantId; readonly now: Date }) =>
  selectStanding(db, now).where('portico_grant.id', '=', id));

const findStandingOfCode = compileOnce(({ db }, { code, now }: { readonly code: Digest; readonly now: Date }) =>
  selectStanding(db, now).innerJoin('portico_authorization_code', 'portico_authorization_code.grant_id', 'portico_grant.id')
    .where('portico_authorization_code.digest', '=', code));

const revokeGrant = compileOnce(({ db }, { id, now }: { readonly id: GrantId; readonly now: Date }) =>
  db.updateTable('portico_grant').set({ revoked_at: now, ends_at: now }).where('id', '=', id).where('revoked_at', 'is', null));

const revokeAllOf = compileOnce(({ db }, { userId, now }: { readonly userId: UserId; readonly now: Date }) =>
  db.updateTable('portico_grant').set({ revoked_at: now, ends_at: now }).where('user_id', '=', userId).where('revoked_at', 'is', null));

export function createGrants(deps: StoreDeps): Grants {
  return {
    async insert(grant, usefulUntil) {
      await insertGrant(deps, toRow(grant, usefulUntil));
    },
    async find(id) {
      const { rows: [row] } = await findGrant(deps, { id });
      return row && toGrant(row);
    },
    findStanding: async (id, now) => toStanding(await findStanding(deps, { id, now })),
    findStandingOfCode: async (code, now) => toStanding(await findStandingOfCode(deps, { code, now })),
    revoke: async (id, now) => hasWritten(await revokeGrant(deps, { id, now })),
    async revokeAllOf(userId, now) {
      await revokeAllOf(deps, { userId, now });
    },
    removeEnded: (before, limit) => removeSome(deps, {
      table: 'portico_grant', key: 'id', past: 'ends_at', where: sql`ends_at <= ${before}`,
      parts: [
        { table: 'portico_refresh_token', key: 'digest', of: 'grant_id' },
        { table: 'portico_authorization_code', key: 'digest', of: 'grant_id' },
      ],
    }, limit),
  };
}

function toRow(grant: Omit<Grant, 'revokedAt'>, usefulUntil: Date | undefined): Omit<Insertable<GrantRow>, 'revoked_at'> {
  return {
    id: grant.id,
    user_id: grant.userId,
    client_id: grant.clientId,
    session_id: grant.sessionId,
    record: JSON.stringify(grant),
    created_at: grant.createdAt,
    ends_at: usefulUntil === undefined ? grant.createdAt : endAfter(usefulUntil),
  };
}

function toStanding({ rows: [row] }: Awaited<ReturnType<typeof findStanding>>): GrantStanding | undefined {
  return row && { grant: toGrant(row), user: toUser(row), isSessionAlive: row.living_session_id !== null };
}

function toGrant({ grant_record: record, grant_revoked_at: revokedAt }: {
  readonly grant_record: GrantRow['record'];
  readonly grant_revoked_at: Selectable<GrantRow>['revoked_at'];
}): Grant {
  const grant = parseJson<Grant>(record);
  return withoutAbsent<Grant>({
    ...grant,
    authenticatedAt: toMoment(grant.authenticatedAt),
    createdAt: toMoment(grant.createdAt),
    revokedAt: toMomentIfAny(revokedAt),
  });
}
