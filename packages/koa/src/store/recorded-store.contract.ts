/** A store of either engine that remembers which verb of the port has issued which statement. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely, type LogEvent } from 'kysely';
import pg from 'pg';
import { makeSchema } from '../../test/engines.ts';
import { watchStore } from '../../test/watch-store.ts';
import type { OpenStore, Store } from '../ports/store.ts';
import { createStore } from './create-store.ts';
import { createGroupCommit } from './group-commit.ts';
import { migrate } from './migrate.ts';
import { createPostgresDeps } from './postgres-deps.ts';
import { createPostgresDialect } from './postgres-dialect.ts';
import type { Schema } from './schema.ts';
import { openDatabase, type OpenDatabase } from './sqlite-database.ts';
import { createSqliteDeps } from './sqlite-deps.ts';
import type { StoreDeps } from './store-deps.ts';
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
  const recorder = createRecorder();
  const database = openDatabase({ path: ':memory:', synchronous: 'normal' });
  const recorded: OpenDatabase = {
    ...database,
    get inTransaction() { return database.inTransaction; },
    execute: (text, parameters = []) => {
      recorder.note(text, parameters);
      return database.execute(text, parameters);
    },
  };
  const patience = { milliseconds: 0, isBusy: () => false };
  const turns = createTurns(5000);
  const groupCommit = createGroupCommit({ database, turns, patience });
  const deps = createSqliteDeps({ database: recorded, turns, patience, groupCommit, waitsForCommit: true });
  return { database, ...await record(deps, recorder) };
}

export async function recordPostgres(server: string): Promise<PostgresRecording> {
  const recorder = createRecorder();
  const schema = await makeSchema(server);
  const pool = new pg.Pool({ connectionString: schema.url, max: 5 });
  const end = async (): Promise<void> => {
    await pool.end();
    await schema.drop();
  };
  const log = ({ query: { sql, parameters } }: LogEvent): void => recorder.note(sql, parameters);
  const deps = createPostgresDeps(new Kysely<Schema>({ dialect: createPostgresDialect(pool), log }));
  return { pool, end, ...await record(deps, recorder) };
}

interface Recorder {
  /** What is issued from here on is this verb's. */
  enter(verb: string): void;
  note(text: string, parameters: readonly unknown[]): void;
  statements(): readonly Statement[];
}

function createRecorder(): Recorder {
  const statements = new Map<string, Statement>();
  const running = new AsyncLocalStorage<string>();
  return {
    enter: (verb) => running.enterWith(verb),
    note: (text, parameters) => {
      const verb = running.getStore();
      if (verb === undefined || /^(begin|commit|rollback|savepoint|release)\b/u.test(text)) return;
      statements.set(text, { text, parameters, verbs: new Set([...statements.get(text)?.verbs ?? [], verb]) });
    },
    statements: () => [...statements.values()],
  };
}

async function record(deps: StoreDeps, recorder: Recorder): Promise<Recording> {
  await migrate(deps);
  const store = createStore(deps);
  return {
    store: watchStore({ ...store, grouped: { ...store, watchWrites: () => async () => {} }, close: async () => {} }, recorder.enter),
    verbs: verbsOf(store),
    statements: recorder.statements,
  };
}

function verbsOf({ transaction: _, ...parts }: Store): readonly string[] {
  return Object.entries(parts).flatMap(([part, verbs]) => Object.keys(verbs).map((verb) => `${part}.${verb}`));
}
