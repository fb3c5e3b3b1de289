/**
 * A store for oidc-provider on SQLite: one table for all of its models, as the examples of its documentation have it, with
 * statements that are prepared once and a driver that is called directly.
 *
 * It is as durable as Portico's by default (`journal_mode=WAL`, `synchronous=FULL`). What oidc-provider writes one after
 * the other is a commit each: its adapter's interface has no transaction. Nothing sweeps; no example of its documentation
 * does for such a table.
 */
import Database from 'better-sqlite3';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { AccountRow, ProviderStore } from './provider-store.ts';

const schema = `
  CREATE TABLE IF NOT EXISTS models (
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    payload TEXT NOT NULL,
    expires_at INTEGER,
    consumed_at INTEGER,
    grant_id TEXT,
    user_code TEXT,
    uid TEXT,
    PRIMARY KEY (id, type)
  );
  CREATE INDEX IF NOT EXISTS models_by_grant ON models (grant_id) WHERE grant_id IS NOT NULL;
  CREATE INDEX IF NOT EXISTS models_by_user_code ON models (user_code) WHERE user_code IS NOT NULL;
  CREATE INDEX IF NOT EXISTS models_by_uid ON models (uid) WHERE uid IS NOT NULL;
  CREATE TABLE IF NOT EXISTS accounts (id TEXT PRIMARY KEY, email TEXT NOT NULL);
`;

interface ModelRow {
  readonly payload: string;
  readonly consumed_at: number | null;
}

/** Opens, or makes, the store in this file. @throws {Error} without a name, which SQLite would take for a passing store. */
export function openSqliteStore(file: string): ProviderStore {
  if (file === '') throw new Error('which file?');
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(schema);
  const insert = database.prepare('INSERT OR REPLACE INTO accounts (id, email) VALUES (?, ?)');
  const find = database.prepare<[string], AccountRow>('SELECT id, email FROM accounts WHERE id = ?');
  const statements = prepareStatements(database);
  return {
    adapter: (model) => createAdapter(model, statements),
    insertAccount: ({ id, email }) => void insert.run(id, email),
    findAccount: (id) => find.get(id),
    keepTogether: async (write) => {
      database.exec('BEGIN IMMEDIATE');
      const result = await write();
      database.exec('COMMIT');
      return result;
    },
  };
}

type Statements = ReturnType<typeof prepareStatements>;

function prepareStatements(database: Database.Database) {
  const select = 'SELECT payload, consumed_at FROM models WHERE';
  return {
    upsert: database.prepare(`
      INSERT INTO models (id, type, payload, expires_at, grant_id, user_code, uid) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id, type) DO UPDATE SET payload = excluded.payload, expires_at = excluded.expires_at,
        grant_id = excluded.grant_id, user_code = excluded.user_code, uid = excluded.uid`),
    find: database.prepare<[string, string], ModelRow>(`${select} id = ? AND type = ?`),
    findByUid: database.prepare<[string, string], ModelRow>(`${select} uid = ? AND type = ?`),
    findByUserCode: database.prepare<[string, string], ModelRow>(`${select} user_code = ? AND type = ?`),
    consume: database.prepare('UPDATE models SET consumed_at = ? WHERE id = ? AND type = ?'),
    destroy: database.prepare('DELETE FROM models WHERE id = ? AND type = ?'),
    revokeByGrantId: database.prepare('DELETE FROM models WHERE grant_id = ?'),
  };
}

/** Whether a payload has expired is checked by oidc-provider, from its `exp`. */
function createAdapter(model: string, statements: Statements): Adapter {
  return {
    async upsert(id, payload, expiresIn) {
      const expiresAt = expiresIn ? now() + expiresIn : null;
      const { grantId = null, userCode = null, uid = null } = payload;
      statements.upsert.run(id, model, JSON.stringify(payload), expiresAt, grantId, userCode, uid);
    },
    find: async (id) => payloadOf(statements.find.get(id, model)),
    findByUid: async (uid) => payloadOf(statements.findByUid.get(uid, model)),
    findByUserCode: async (userCode) => payloadOf(statements.findByUserCode.get(userCode, model)),
    consume: async (id) => void statements.consume.run(now(), id, model),
    destroy: async (id) => void statements.destroy.run(id, model),
    revokeByGrantId: async (grantId) => void statements.revokeByGrantId.run(grantId),
  };
}

function payloadOf(row: ModelRow | undefined): AdapterPayload | undefined {
  if (row === undefined) return undefined;
  const payload = JSON.parse(row.payload) as AdapterPayload;
  return row.consumed_at === null ? payload : { ...payload, consumed: row.consumed_at };
}

function now(): number {
  return Math.floor(Date.now() / 1_000);
}
