import type { Kysely, QueryResult } from 'kysely';
import type { Engine } from './engine.ts';
import type { Schema } from './schema.ts';

/** What every table's file is given. `db` may be a running transaction. */
export interface StoreDeps {
  readonly db: Kysely<Schema>;
  readonly engine: Engine;
}

/** How often a transaction is begun that meets another on its way. */
const tries = 5;

/** Runs `work` in a transaction; inside one, in that. Where the database ends it for the sake of another, `work` runs again. */
export async function inTransaction<Result>(
  { db, engine }: StoreDeps, work: (deps: StoreDeps) => Promise<Result>,
): Promise<Result> {
  if (db.isTransaction) return work({ db, engine });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute((transaction) => work({ db: transaction, engine }));
    } catch (fault) {
      if (attempt === tries || !engine.isConflict(fault)) throw fault;
    }
  }
}

/** How many rows a write has touched is the answer to "did I win". */
export function hasWritten({ numAffectedRows = 0n }: QueryResult<unknown>): boolean {
  return numAffectedRows > 0n;
}
