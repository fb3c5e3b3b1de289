import type { CompiledQuery, Kysely, QueryResult } from 'kysely';
import type { Engine } from './engine.ts';
import type { Schema } from './schema.ts';

/** What every table's file is given: a database, or a transaction that runs. */
export interface StoreDeps {
  readonly db: Kysely<Schema>;
  readonly engine: Engine;
  /** Runs a statement that is compiled, where `db` would. */
  readonly run: Run;
  /** Runs work in a transaction; inside one, in that. */
  readonly transact: Transact;
}

/** Kysely's executor asks a dozen promises on the way to the connection: on SQLite that takes as long as the statement. */
export type Run = <Row>(query: CompiledQuery<Row>) => Promise<QueryResult<Row>>;

/** All that `work` writes is kept, or nothing if it throws. */
export type Transact = <Result>(work: (inside: StoreDeps) => Promise<Result>) => Promise<Result>;

/** How many rows a write has touched is the answer to "did I win". */
export function hasWritten({ numAffectedRows = 0n }: QueryResult<unknown>): boolean {
  return numAffectedRows > 0n;
}
