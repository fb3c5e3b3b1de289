import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Schema } from './schema.ts';

/** Where the two databases differ, as named facts. All other files of this folder are the same for both. */
export interface Engine {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** The column type of a moment. SQLite keeps ISO text, which sorts like time. */
  readonly moment: 'text' | 'timestamptz';
  /** The column type of a number up to 2^32. */
  readonly counter: 'integer' | 'bigint';
  /** The column type of a number that the database gives, rising. */
  readonly serial: 'integer' | 'bigserial';
  /** With several writers at once a row is locked when it is read to be changed; SQLite has one writer. */
  readonly locksRows: boolean;
  /** Inside a transaction: waits until no other process migrates. */
  lockMigrations(db: Kysely<Schema>): Promise<void>;
}

export const sqliteEngine: Engine = {
  name: 'SQLite',
  moment: 'text',
  counter: 'integer',
  serial: 'integer',
  locksRows: false,
  // `BEGIN IMMEDIATE` has taken the only write lock already.
  lockMigrations: async () => {},
};

/** Any number, as long as every version of this code uses the same. */
const MIGRATION_LOCK = 7_067_842_600;

export const postgresEngine: Engine = {
  name: 'PostgreSQL',
  moment: 'timestamptz',
  counter: 'bigint',
  serial: 'bigserial',
  locksRows: true,
  lockMigrations: async (db) => {
    // Another process may migrate for longer than an ordinary statement may take, but not for ever.
    await sql`select set_config('statement_timeout', '0', true), set_config('lock_timeout', '60s', true)`.execute(db);
    await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(db);
  },
};
