import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Grant } from '../model/grant.ts';
import type { Grants } from '../ports/store.ts';
import { parseJson, toMoment, toMomentIfAny, withoutAbsent } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { GrantRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';
import { hasWritten } from './store-deps.ts';

export function createGrants(deps: StoreDeps): Grants {
  const { db, engine } = deps;
  return {
    async insert(grant) {
      const session = db.selectFrom('portico_session').where('id', '=', grant.sessionId)
        .select((row) => row.ref('closed_at').$castTo<Date | null>().as('closed_at'));
      // A session that is being closed just now revokes what is under it; what comes a moment later is born revoked.
      const closedAt = engine.locksRows ? session.forShare() : session;
      await db.insertInto('portico_grant').values({
        id: grant.id,
        user_id: grant.userId,
        client_id: grant.clientId,
        session_id: grant.sessionId,
        record: JSON.stringify(grant),
        created_at: grant.createdAt,
        revoked_at: grant.revokedAt ?? closedAt,
        // Until a refresh token of it lives longer.
        ends_at: grant.createdAt,
      }).execute();
    },
    async find(id) {
      const row = await db.selectFrom('portico_grant').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toGrant(row);
    },
    async findStanding(id, now) {
      const row = await db.selectFrom('portico_grant')
        .innerJoin('portico_user', 'portico_user.id', 'portico_grant.user_id')
        .leftJoin('portico_session', (session) => session.onRef('portico_session.id', '=', 'portico_grant.session_id')
          .on('closed_at', 'is', null).on('portico_session.expires_at', '>', now).on('idle_expires_at', '>', now))
        .selectAll('portico_grant').select(['status', 'portico_session.id as living_session_id'])
        .where('portico_grant.id', '=', id).executeTakeFirst();
      return row && { grant: toGrant(row), isUserActive: row.status === 'active', isSessionAlive: row.living_session_id !== null };
    },
    async revoke(id, now) {
      const rows = await db.updateTable('portico_grant').set({ revoked_at: now, ends_at: now })
        .where('id', '=', id).where('revoked_at', 'is', null).execute();
      return hasWritten(rows);
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

function toGrant(row: Selectable<GrantRow>): Grant {
  const grant = parseJson<Grant>(row.record);
  return withoutAbsent<Grant>({
    ...grant,
    authenticatedAt: toMoment(grant.authenticatedAt),
    createdAt: toMoment(row.created_at),
    revokedAt: toMomentIfAny(row.revoked_at),
  });
}
