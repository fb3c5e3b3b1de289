import type { CompiledQuery, DatabaseConnection, Dialect, Driver, PostgresPool } from 'kysely';
import { PostgresAdapter, PostgresDriver, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { toStoreFault } from './postgres-fault.ts';

/** Kysely's dialect, whose faults are ours. */
export function createPostgresDialect(pool: PostgresPool): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => createDriver(new PostgresDriver({ pool })),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}

function createDriver(driver: Driver): Driver {
  const outer = new WeakMap<DatabaseConnection, DatabaseConnection>();
  const inner = new WeakMap<DatabaseConnection, DatabaseConnection>();
  const innerOf = (connection: DatabaseConnection): DatabaseConnection => inner.get(connection) ?? connection;
  return {
    init: () => driver.init(),
    destroy: () => driver.destroy(),
    async acquireConnection() {
      const connection = await withOurFaults(() => driver.acquireConnection());
      const known = outer.get(connection) ?? wrap(connection);
      outer.set(connection, known);
      inner.set(known, connection);
      return known;
    },
    releaseConnection: (connection) => driver.releaseConnection(innerOf(connection)),
    beginTransaction: (connection, settings) =>
      withOurFaults(() => driver.beginTransaction(innerOf(connection), settings)),
    commitTransaction: (connection) => withOurFaults(() => driver.commitTransaction(innerOf(connection))),
    rollbackTransaction: (connection) => withOurFaults(() => driver.rollbackTransaction(innerOf(connection))),
  };
}

function wrap(connection: DatabaseConnection): DatabaseConnection {
  return {
    executeQuery: <Row>(query: CompiledQuery) => withOurFaults(() => connection.executeQuery<Row>(query)),
    streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
  };
}

async function withOurFaults<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (fault) {
    throw toStoreFault(fault);
  }
}
