import type { CompiledQuery, Kysely } from 'kysely';
import { postgresEngine } from './engine.ts';
import { isPostgresConflict } from './postgres-fault.ts';
import type { Schema } from './schema.ts';
import type { Run, StoreDeps, Transact } from './store-deps.ts';

/** How often a transaction is begun that meets another on its way. */
const tries = 5;

/** A statement runs on whichever connection is free, a transaction on one of its own. */
export function createPostgresDeps(db: Kysely<Schema>): StoreDeps {
  return { db, engine: postgresEngine, run: (query) => db.executeQuery(query), transact: createTransact(db) };
}

/** Where the database ends a transaction for the sake of another, its work runs again. */
function createTransact(db: Kysely<Schema>): Transact {
  return async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await db.transaction().execute(async (transaction) => work(await depsInside(transaction)));
      } catch (fault) {
        if (attempt === tries || !isPostgresConflict(fault)) throw fault;
      }
    }
  };
}

async function depsInside(transaction: Kysely<Schema>): Promise<StoreDeps> {
  const inside: StoreDeps = { db: transaction, engine: postgresEngine, run: await runnerOf(transaction), transact: (work) => work(inside) };
  return inside;
}

/** The connection that a transaction holds for as long as it lasts. */
async function runnerOf(transaction: Kysely<Schema>): Promise<Run> {
  const connection = await transaction.getExecutor().provideConnection(async (held) => held);
  return <Row>(query: CompiledQuery<Row>) => connection.executeQuery<Row>(query);
}
