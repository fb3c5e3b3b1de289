import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Digest, SessionId, UserId } from '../model/ids.ts';
import type { Proof } from '../model/proof.ts';
import type { Session } from '../model/session.ts';
import type { Sessions } from '../ports/store.ts';
import { compileOnce } from './compile-once.ts';
import { toProof } from './proof-record.ts';
import { parseJson, toMoment, toRecord } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { SessionRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';
import { hasWritten } from './store-deps.ts';

const insertSession = compileOnce(({ db }, session: Insertable<SessionRow>) => db.insertInto('portico_session').values(session));

const findBySecret = compileOnce((deps, { secret, now }: { readonly secret: Digest; readonly now: Date }) =>
  selectAlive(deps, now).where('secret_digest', '=', secret));

const findSession = compileOnce((deps, { id, now }: { readonly id: SessionId; readonly now: Date }) =>
  selectAlive(deps, now).where('id', '=', id));

const listOfUser = compileOnce((deps, { userId, now }: { readonly userId: UserId; readonly now: Date }) =>
  selectAlive(deps, now).where('user_id', '=', userId).orderBy('created_at').orderBy('id'));

type Use = Pick<Session, 'id' | 'lastUsedAt' | 'idleExpiresAt'>;

const touchSession = compileOnce(({ db }, { id, lastUsedAt, idleExpiresAt }: Use) =>
  db.updateTable('portico_session').set({ last_used_at: lastUsedAt, idle_expires_at: idleExpiresAt })
    .where('id', '=', id).where('closed_at', 'is', null));

const closeSession = compileOnce(({ db }, { id, now }: { readonly id: SessionId; readonly now: Date }) =>
  db.updateTable('portico_session').set({ closed_at: now }).where('id', '=', id).where('closed_at', 'is', null));

const revokeGrantsUnder = compileOnce(({ db }, { id, now }: { readonly id: SessionId; readonly now: Date }) =>
  db.updateTable('portico_grant').set({ revoked_at: now, ends_at: now })
    .where('session_id', '=', id).where('revoked_at', 'is', null));

const findProofsToAddTo = compileOnce(({ db, engine }, { id }: { readonly id: SessionId }) => {
  const session = db.selectFrom('portico_session').select('proofs').where('id', '=', id);
  return engine.locksRows ? session.forUpdate() : session;
});

const replaceProofs = compileOnce(({ db }, { id, proofs }: { readonly id: SessionId; readonly proofs: string }) =>
  db.updateTable('portico_session').set({ proofs }).where('id', '=', id));

export function createSessions(deps: StoreDeps): Sessions {
  return {
    async insert(session) {
      await insertSession(deps, toRow(session));
    },
    async findBySecret(secret, now) {
      const { rows: [row] } = await findBySecret(deps, { secret, now });
      return row && toSession(row);
    },
    async find(id, now) {
      const { rows: [row] } = await findSession(deps, { id, now });
      return row && toSession(row);
    },
    async listOf(userId, now) {
      const { rows } = await listOfUser(deps, { userId, now });
      return rows.map(toSession);
    },
    async touch(id, lastUsedAt, idleExpiresAt) {
      await touchSession(deps, { id, lastUsedAt, idleExpiresAt });
    },
    close: (id, now) => deps.transact(async (inside) => {
      if (!hasWritten(await closeSession(inside, { id, now }))) return false;
      await revokeGrantsUnder(inside, { id, now });
      return true;
    }),
    addProofs: (id, added) => deps.transact(async (inside) => {
      const { rows: [row] } = await findProofsToAddTo(inside, { id });
      if (row === undefined) return;
      const proofs = JSON.stringify([...parseJson<readonly Proof[]>(row.proofs), ...added]);
      await replaceProofs(inside, { id, proofs });
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

function selectAlive({ db }: StoreDeps, now: Date) {
  return db.selectFrom('portico_session').selectAll()
    .where('closed_at', 'is', null).where('expires_at', '>', now).where('idle_expires_at', '>', now);
}

function toRow(session: Session): Insertable<SessionRow> {
  return {
    id: session.id,
    secret_digest: session.secretDigest,
    user_id: session.userId,
    client_id: session.clientId ?? null,
    proofs: JSON.stringify(session.proofs),
    origin: JSON.stringify(session.origin),
    device_id: session.deviceId ?? null,
    created_at: session.createdAt,
    last_used_at: session.lastUsedAt,
    idle_expires_at: session.idleExpiresAt,
    expires_at: session.expiresAt,
    closed_at: null,
  };
}

function toSession(row: Selectable<SessionRow>): Session {
  return toRecord<Session>({
    id: row.id,
    secretDigest: row.secret_digest,
    userId: row.user_id,
    clientId: row.client_id,
    proofs: parseJson<readonly Proof[]>(row.proofs).map(toProof),
    origin: parseJson<Session['origin']>(row.origin),
    deviceId: row.device_id,
    createdAt: toMoment(row.created_at),
    lastUsedAt: toMoment(row.last_used_at),
    idleExpiresAt: toMoment(row.idle_expires_at),
    expiresAt: toMoment(row.expires_at),
  });
}
