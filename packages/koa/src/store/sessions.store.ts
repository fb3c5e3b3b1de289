import type { Insertable, Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Proof } from '../model/proof.ts';
import type { Session } from '../model/session.ts';
import type { Sessions } from '../ports/store.ts';
import { toProof } from './proof-record.ts';
import { parseJson, toMoment } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { Schema, SessionRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';
import { hasWritten, inTransaction } from './store-deps.ts';

export function createSessions(deps: StoreDeps): Sessions {
  const { db } = deps;
  return {
    async insert(session) {
      await db.insertInto('portico_session').values(toRow(session)).execute();
    },
    async findBySecret(secret, now) {
      const row = await selectAlive(db, now).where('secret_digest', '=', secret).executeTakeFirst();
      return row && toSession(row);
    },
    async find(id, now) {
      const row = await selectAlive(db, now).where('id', '=', id).executeTakeFirst();
      return row && toSession(row);
    },
    async listOf(userId, now) {
      const rows = await selectAlive(db, now).where('user_id', '=', userId).orderBy('created_at').orderBy('id').execute();
      return rows.map(toSession);
    },
    async touch(id, lastUsedAt, idleExpiresAt) {
      await db.updateTable('portico_session').set({ last_used_at: lastUsedAt, idle_expires_at: idleExpiresAt })
        .where('id', '=', id).where('closed_at', 'is', null).execute();
    },
    close: (id, now) => inTransaction(deps, async (inside) => {
      const closed = await inside.db.updateTable('portico_session').set({ closed_at: now })
        .where('id', '=', id).where('closed_at', 'is', null).execute();
      if (!hasWritten(closed)) return false;
      await inside.db.updateTable('portico_grant').set({ revoked_at: now, ends_at: now })
        .where('session_id', '=', id).where('revoked_at', 'is', null).execute();
      return true;
    }),
    addProofs: (id, proofs) => inTransaction(deps, async (inside) => {
      const session = inside.db.selectFrom('portico_session').select('proofs').where('id', '=', id);
      const row = await (inside.engine.locksRows ? session.forUpdate() : session).executeTakeFirst();
      if (row === undefined) return;
      const all = [...parseJson<readonly Proof[]>(row.proofs), ...proofs];
      await inside.db.updateTable('portico_session').set({ proofs: JSON.stringify(all) }).where('id', '=', id).execute();
    }),
    async removeExpired(now, limit) {
      // One after the other: where either would do, PostgreSQL reads all that is past before it takes the first.
      const session = { table: 'portico_session', key: 'id' } as const;
      const old = await removeSome(deps, { ...session, past: 'expires_at', where: sql`expires_at <= ${now}` }, limit);
      if (old >= limit) return old;
      return old + await removeSome(deps, { ...session, past: 'idle_expires_at', where: sql`idle_expires_at <= ${now}` }, limit);
    },
  };
}

function selectAlive(db: Kysely<Schema>, now: Date) {
  return db.selectFrom('portico_session').selectAll()
    .where('closed_at', 'is', null).where('expires_at', '>', now).where('idle_expires_at', '>', now);
}

function toRow(session: Session): Insertable<SessionRow> {
  return {
    id: session.id,
    secret_digest: session.secretDigest,
    user_id: session.userId,
    proofs: JSON.stringify(session.proofs),
    origin: JSON.stringify(session.origin),
    created_at: session.createdAt,
    last_used_at: session.lastUsedAt,
    idle_expires_at: session.idleExpiresAt,
    expires_at: session.expiresAt,
    closed_at: null,
  };
}

function toSession(row: Selectable<SessionRow>): Session {
  return {
    id: row.id,
    secretDigest: row.secret_digest,
    userId: row.user_id,
    proofs: parseJson<readonly Proof[]>(row.proofs).map(toProof),
    origin: parseJson<Session['origin']>(row.origin),
    createdAt: toMoment(row.created_at),
    lastUsedAt: toMoment(row.last_used_at),
    idleExpiresAt: toMoment(row.idle_expires_at),
    expiresAt: toMoment(row.expires_at),
  };
}
