import type { CompiledQuery, DatabaseConnection, Dialect, DialectAdapter, Driver, QueryCompiler } from 'kysely';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { Run } from './store-deps.ts';

/** Kysely's dialect for statements that are run so. It begins no transactions: `transact` does (store-deps.ts). */
export function createSqliteDialect(run: Run): Dialect {
  return {
    createAdapter: createAdapter,
    createDriver: () => createDriver(run),
    createQueryCompiler: createCompiler,
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/**
 * The planner of SQLite 3.54 looks at the value of a plain `?`, and plans a statement anew each time that another one is
 * bound: for a join that takes five times as long as to run it. `likely()` changes neither value nor affinity, and makes of
 * it something whose value no plan depends on (https://www.sqlite.org/lang_corefunc.html#likely).
 */
function createCompiler(): QueryCompiler {
  return Object.assign(new SqliteQueryCompiler(), { getCurrentParameterPlaceholder: () => 'likely(?)' });
}

/** Kysely's own queue has no end of patience, so it is told that it needs none: `turns.ts` is the queue. */
function createAdapter(): DialectAdapter {
  return Object.create(new SqliteAdapter(), { supportsMultipleConnections: { value: true } }) as DialectAdapter;
}

function createDriver(run: Run): Driver {
  const connection: DatabaseConnection = { executeQuery: <Row>(query: CompiledQuery) => run<Row>(query), streamQuery: () => refuse('reads no streams') };
  const begin = async (): Promise<never> => refuse('begins its transactions itself');
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: begin,
    commitTransaction: begin,
    rollbackTransaction: begin,
    releaseConnection: async () => {},
    destroy: async () => {},
  };
}

function refuse(what: string): never {
  throw new Error(`This store ${what}.`);
}
