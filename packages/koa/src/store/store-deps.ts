import type { Kysely, QueryResult } from 'kysely';
import type { Engine } from './engine.ts';
import type { Schema } from './schema.ts';

/** What every table's file is given. `db` may be a running transaction. */
export interface StoreDeps {
  readonly db: Kysely<Schema>;
  readonly engine: Engine;
}

/** Runs `work` in a transaction; inside one, in that. */
export function inTransaction<Result>(
  { db, engine }: StoreDeps, work: (deps: StoreDeps) => Promise<Result>,
): Promise<Result> {
  if (db.isTransaction) return work({ db, engine });
  return db.transaction().execute((transaction) => work({ db: transaction, engine }));
}

/** How many rows a write has touched is the answer to "did I win". */
export function hasWritten({ numAffectedRows = 0n }: QueryResult<unknown>): boolean {
  return numAffectedRows > 0n;
}
