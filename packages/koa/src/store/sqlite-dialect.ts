import type { DatabaseConnection, Dialect, DialectAdapter, Driver } from 'kysely';
import { CompiledQuery, SqliteAdapter, SqliteDriver, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { OpenDatabase } from './sqlite-database.ts';
import { toStoreFault } from './sqlite-fault.ts';
import type { Turns } from './turns.ts';
import type { Patience } from './when-free.ts';
import { whenFree } from './when-free.ts';

interface SqliteConnectionDeps {
  readonly database: OpenDatabase;
  readonly turns: Turns;
  readonly patience: Patience;
}

/** Kysely's dialect around this driver: it takes turns, and begins with the write lock. */
export function createSqliteDialect(deps: SqliteConnectionDeps): Dialect {
  return {
    createAdapter: createAdapter,
    createDriver: () => createDriver(deps),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** Kysely's own queue has no end of patience, so it is told that it needs none: `turns.ts` is the queue. */
function createAdapter(): DialectAdapter {
  return Object.create(new SqliteAdapter(), { supportsMultipleConnections: { value: true } }) as DialectAdapter;
}

function createDriver({ database, turns, patience }: SqliteConnectionDeps): Driver {
  const driver = new SqliteDriver({ database });
  let connection: DatabaseConnection | undefined;
  return {
    init: () => driver.init(),
    async acquireConnection() {
      await turns.take();
      connection ??= withPatience(await driver.acquireConnection(), patience);
      return connection;
    },
    releaseConnection: async () => turns.give(),
    // Reading first and writing then would fail at once where another has written between (SQLITE_BUSY_SNAPSHOT).
    beginTransaction: (held) => run(held, 'begin immediate'),
    commitTransaction: (held) => run(held, 'commit'),
    async rollbackTransaction(held) {
      // After some faults (a full disk) SQLite has rolled back by itself.
      if (database.inTransaction) await run(held, 'rollback');
    },
    async destroy() {
      await turns.close();
      await driver.destroy();
    },
  };
}

async function run(connection: DatabaseConnection, text: string): Promise<void> {
  await connection.executeQuery(CompiledQuery.raw(text));
}

function withPatience(connection: DatabaseConnection, patience: Patience): DatabaseConnection {
  return {
    async executeQuery<Row>(query: CompiledQuery) {
      try {
        return await whenFree(() => connection.executeQuery<Row>(query), patience);
      } catch (fault) {
        throw toStoreFault(fault);
      }
    },
    streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
  };
}
