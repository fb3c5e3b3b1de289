import type { CompiledQuery, DatabaseConnection, Dialect, DialectAdapter, Driver, QueryCompiler, QueryResult } from 'kysely';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { GroupCommit } from './group-commit.ts';
import type { OpenDatabase } from './sqlite-database.ts';
import { toStoreFault } from './sqlite-fault.ts';
import type { Run } from './store-deps.ts';
import type { Turns } from './turns.ts';
import type { Patience } from './when-free.ts';
import { whenFree } from './when-free.ts';

export interface SqliteConnectionDeps {
  readonly database: OpenDatabase;
  readonly turns: Turns;
  readonly patience: Patience;
  readonly groupCommit: GroupCommit;
  /** Whether a write waits until it is kept, or only until it is applied. */
  readonly waitsForCommit: boolean;
}

/** Kysely's dialect around this driver: it takes turns, and its writes are committed in groups. */
export function createSqliteDialect(deps: SqliteConnectionDeps): Dialect {
  return {
    createAdapter: createAdapter,
    createDriver: () => createDriver(deps),
    createQueryCompiler: createCompiler,
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** Runs one statement by itself, when its turn comes. */
export function createSqliteRunner(deps: SqliteConnectionDeps): Run {
  return async <Row>(query: CompiledQuery<Row>) => {
    await deps.turns.take();
    const held = hold(deps);
    try {
      return await held.executeQuery<Row>(query);
    } finally {
      held.give();
    }
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

/** The one connection, for as long as somebody has the turn. */
interface HeldConnection extends DatabaseConnection {
  begin(): Promise<void>;
  commit(): Promise<void>;
  rollback(): void;
  /** Lets the next one go on. Harmless if it was called before. */
  give(): void;
}

function createDriver(deps: SqliteConnectionDeps): Driver {
  return {
    init: async () => {},
    async acquireConnection() {
      await deps.turns.take();
      return hold(deps);
    },
    beginTransaction: (held) => (held as HeldConnection).begin(),
    commitTransaction: (held) => (held as HeldConnection).commit(),
    rollbackTransaction: async (held) => (held as HeldConnection).rollback(),
    releaseConnection: async (held) => (held as HeldConnection).give(),
    destroy: async () => {},
  };
}

function hold({ database, turns, patience, groupCommit, waitsForCommit }: SqliteConnectionDeps): HeldConnection {
  let isHeld = true;
  let isInTransaction = false;
  const give = (): void => {
    if (isHeld) turns.give();
    isHeld = false;
  };
  /** The others go on meanwhile: they are who the group is made of. */
  const waitUntilKept = async (): Promise<void> => {
    const group = await groupCommit.join();
    give();
    if (waitsForCommit) await group.kept;
  };
  return {
    give,
    async begin() {
      await groupCommit.join();
      // A transaction of ours is a savepoint in the group's: it can be taken back alone.
      database.execute('savepoint one');
      isInTransaction = true;
    },
    async commit() {
      database.execute('release one');
      await waitUntilKept();
    },
    rollback() {
      // After some faults (a full disk) SQLite has rolled back by itself.
      if (!database.inTransaction) return;
      database.execute('rollback to one');
      database.execute('release one');
    },
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      const isAlone = !isInTransaction && !database.isReadonly(query.sql);
      try {
        if (isAlone) await groupCommit.join();
        // Who is in a transaction has the lock already.
        const result = isInTransaction ? database.execute<Row>(query.sql, query.parameters)
          : await whenFree(() => database.execute<Row>(query.sql, query.parameters), patience);
        if (isAlone) await waitUntilKept();
        return result;
      } catch (fault) {
        groupCommit.notice();
        throw toStoreFault(fault);
      }
    },
    streamQuery: () => {
      throw new Error('This store reads no streams.');
    },
  };
}
