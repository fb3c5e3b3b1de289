import type { CompiledQuery, Kysely, QueryResult } from 'kysely';
import type { Engine } from './engine.ts';
import type { Schema } from './schema.ts';

/** What every table's file is given. `db` may be a running transaction. */
export interface StoreDeps {
  readonly db: Kysely<Schema>;
  readonly engine: Engine;
  /** Runs a statement that is compiled, where `db` would. */
  readonly run: Run;
}

/** Kysely's executor asks a dozen promises on the way to the connection: on SQLite that takes as long as the statement. */
export type Run = <Row>(query: CompiledQuery<Row>) => Promise<QueryResult<Row>>;

/** How often a transaction is begun that meets another on its way. */
const tries = 5;

/** Runs `work` in a transaction; inside one, in that. Where the database ends it for the sake of another, `work` runs again. */
export async function inTransaction<Result>(
  deps: StoreDeps, work: (deps: StoreDeps) => Promise<Result>,
): Promise<Result> {
  const { db, engine } = deps;
  if (db.isTransaction) return work(deps);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(async (transaction) => work({ db: transaction, engine, run: await runnerOf(transaction) }));
    } catch (fault) {
      if (attempt === tries || !engine.isConflict(fault)) throw fault;
    }
  }
}

/** The connection that a transaction holds for as long as it lasts. */
async function runnerOf(transaction: Kysely<Schema>): Promise<Run> {
  const connection = await transaction.getExecutor().provideConnection(async (held) => held);
  return <Row>(query: CompiledQuery<Row>) => connection.executeQuery<Row>(query);
}

/** How many rows a write has touched is the answer to "did I win". */
export function hasWritten({ numAffectedRows = 0n }: QueryResult<unknown>): boolean {
  return numAffectedRows > 0n;
}
