import type { Kysely, RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Schema } from './schema.ts';

/** Which rows are of no use any more. `where` must be answered by an index. */
interface Leftovers {
  readonly table: keyof Schema;
  readonly key: string;
  readonly where: RawBuilder<unknown>;
}

/** Removes at most `limit` rows, so that nobody waits long behind it. Says how many. */
export async function removeSome(db: Kysely<Schema>, { table, key, where }: Leftovers, limit: number): Promise<number> {
  const some = sql`select ${sql.ref(key)} from ${sql.table(table)} where ${where} limit ${limit}`;
  const result = await sql`delete from ${sql.table(table)} where ${sql.ref(key)} in (${some})`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}
