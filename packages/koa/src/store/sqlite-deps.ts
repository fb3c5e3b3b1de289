import type { CompiledQuery } from 'kysely';
import { Kysely } from 'kysely';
import { sqliteEngine } from './engine.ts';
import type { Group, GroupCommit } from './group-commit.ts';
import type { Schema } from './schema.ts';
import type { OpenDatabase } from './sqlite-database.ts';
import { createSqliteDialect } from './sqlite-dialect.ts';
import { toStoreFault } from './sqlite-fault.ts';
import type { Run, StoreDeps, Transact } from './store-deps.ts';
import type { Turns } from './turns.ts';
import type { Patience } from './when-free.ts';
import { whenFree } from './when-free.ts';

export interface SqliteConnection {
  readonly database: OpenDatabase;
  readonly turns: Turns;
  readonly patience: Patience;
  readonly groupCommit: GroupCommit;
  /** Whether a write waits until it is kept, or only until it is applied. */
  readonly waitsForCommit: boolean;
}

/**
 * One connection, one user at a time: a statement takes its turn, a transaction keeps it to its end. What it writes is
 * committed in groups (group-commit.ts).
 */
export function createSqliteDeps(connection: SqliteConnection): StoreDeps {
  // There is one transaction at a time, so the same is given to each.
  const inside: StoreDeps = depsOf(createInsideRunner(connection), (work) => work(inside));
  return depsOf(createLoneRunner(connection), createTransact(connection, inside));
}

function depsOf(run: Run, transact: Transact): StoreDeps {
  return { db: new Kysely<Schema>({ dialect: createSqliteDialect(run) }), engine: sqliteEngine, run, transact };
}

/** Runs one statement by itself, when its turn comes. */
function createLoneRunner(connection: SqliteConnection): Run {
  const { database, patience, groupCommit } = connection;
  return <Row>({ sql, parameters }: CompiledQuery<Row>) => inTurn(connection, async () => {
    const group = database.isReadonly(sql) ? undefined : await groupCommit.join();
    return { group, result: await whenFree(() => database.execute<Row>(sql, parameters), patience) };
  });
}

/** Whoever runs it has the turn, and the lock. */
function createInsideRunner({ database, groupCommit }: SqliteConnection): Run {
  return async <Row>({ sql, parameters }: CompiledQuery<Row>) => {
    try {
      return database.execute<Row>(sql, parameters);
    } catch (fault) {
      groupCommit.notice();
      throw toStoreFault(fault);
    }
  };
}

/** A transaction of ours is a savepoint in the group's: it can be taken back alone. */
function createTransact(connection: SqliteConnection, inside: StoreDeps): Transact {
  const { database, groupCommit } = connection;
  return (work) => inTurn(connection, async () => {
    const group = await groupCommit.join();
    database.execute('savepoint one');
    try {
      const result = await work(inside);
      database.execute('release one');
      return { group, result };
    } catch (fault) {
      takeBack(database);
      throw fault;
    }
  });
}

function takeBack(database: OpenDatabase): void {
  // After some faults (a full disk) SQLite has rolled back by itself.
  if (!database.inTransaction) return;
  database.execute('rollback to one');
  database.execute('release one');
}

interface Done<Result> {
  readonly result: Result;
  /** What was written is a part of. */
  readonly group: Group | undefined;
}

/** The others go on while this one waits until it is kept: they are who the group is made of. */
async function inTurn<Result>({ turns, groupCommit, waitsForCommit }: SqliteConnection, work: () => Promise<Done<Result>>): Promise<Result> {
  let done: Done<Result>;
  // An `await` of nothing is a turn of the queue too.
  const turn = turns.take();
  if (turn !== undefined) await turn;
  try {
    done = await work();
  } catch (fault) {
    groupCommit.notice();
    throw toStoreFault(fault);
  } finally {
    turns.give();
  }
  if (waitsForCommit) await done.group?.kept;
  return done.result;
}
