/** A store of either engine that remembers which verb of the port has issued which statement. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely, type Dialect, type LogEvent } from 'kysely';
import pg from 'pg';
import { makeSchema } from '../../test/engines.ts';
import { watchStore } from '../../test/watch-store.ts';
import type { OpenStore, Store } from '../ports/store.ts';
import { createStore } from './create-store.ts';
import { postgresEngine, sqliteEngine, type Engine } from './engine.ts';
import { createGroupCommit } from './group-commit.ts';
import { migrate } from './migrate.ts';
import { createPostgresDialect } from './postgres-dialect.ts';
import type { Schema } from './schema.ts';
import { openDatabase, type OpenDatabase } from './sqlite-database.ts';
import { createSqliteDialect } from './sqlite-dialect.ts';
import { createTurns } from './turns.ts';

export interface Statement {
  readonly text: string;
  readonly parameters: readonly unknown[];
  /** Whoever issued it, such as `users.find`. */
  readonly verbs: ReadonlySet<string>;
}

interface Recording {
  /** Closing it closes nothing: what was recorded is looked at afterwards. */
  readonly store: OpenStore;
  /** All that the port has, but `transaction`. */
  readonly verbs: readonly string[];
  /** Each text once. */
  statements(): readonly Statement[];
}

interface SqliteRecording extends Recording {
  readonly database: OpenDatabase;
}

interface PostgresRecording extends Recording {
  readonly pool: pg.Pool;
  end(): Promise<void>;
}

export async function recordSqlite(): Promise<SqliteRecording> {
  const database = openDatabase({ path: ':memory:', synchronous: 'normal' });
  const patience = { milliseconds: 0, isBusy: () => false };
  const turns = createTurns(5000);
  const groupCommit = createGroupCommit({ database, turns, patience });
  const dialect = createSqliteDialect({ database, turns, patience, groupCommit, waitsForCommit: true });
  return { database, ...await record(dialect, sqliteEngine) };
}

export async function recordPostgres(server: string): Promise<PostgresRecording> {
  const schema = await makeSchema(server);
  const pool = new pg.Pool({ connectionString: schema.url, max: 5 });
  const end = async (): Promise<void> => {
    await pool.end();
    await schema.drop();
  };
  return { pool, end, ...await record(createPostgresDialect(pool), postgresEngine) };
}

async function record(dialect: Dialect, engine: Engine): Promise<Recording> {
  const statements = new Map<string, Statement>();
  const running = new AsyncLocalStorage<string>();
  const log = ({ query: { sql, parameters } }: LogEvent): void => {
    const verb = running.getStore();
    if (verb === undefined) return;
    const verbs = new Set([...statements.get(sql)?.verbs ?? [], verb]);
    statements.set(sql, { text: sql, parameters, verbs });
  };
  const db = new Kysely<Schema>({ dialect, log });
  await migrate(db, engine);
  const store = createStore({ db, engine, run: (query) => db.executeQuery(query) });
  return {
    store: watchStore({ ...store, grouped: { ...store, watchWrites: () => async () => {} }, close: async () => {} }, (verb) => running.enterWith(verb)),
    verbs: verbsOf(store),
    statements: () => [...statements.values()],
  };
}

function verbsOf({ transaction: _, ...parts }: Store): readonly string[] {
  return Object.entries(parts).flatMap(([part, verbs]) => Object.keys(verbs).map((verb) => `${part}.${verb}`));
}
