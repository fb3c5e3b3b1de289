import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Schema } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';

/** Rows of `table` that are of no use any more. */
interface Leftovers {
  readonly table: keyof Schema;
  readonly key: string;
  /** The moment that says so. It has an index, in whose order they go: the oldest first. */
  readonly past: string;
  /** A range of that moment alone. */
  readonly where: RawBuilder<unknown>;
  /** What goes with them. */
  readonly parts?: readonly Part[];
}

/** Rows that point to a row of another table, and go when that goes. */
interface Part {
  readonly table: keyof Schema;
  readonly key: string;
  /** The column that points. It has an index. */
  readonly of: string;
}

/**
 * Removes at most `limit` rows of each table, so that nobody waits long behind it: parts go before what they are part
 * of, for a cascade would take any number of them in one statement.
 *
 * @returns How many rows went, parts included. Fewer than `limit` says that none are left, but for those that somebody
 *   else holds just now.
 */
export async function removeSome(deps: StoreDeps, leftovers: Leftovers, limit: number): Promise<number> {
  let removed = 0;
  for (const part of leftovers.parts ?? []) {
    const parts = await removeParts(deps, { leftovers, part }, limit);
    removed += parts;
    if (parts >= limit) return removed;
  }
  return removed + await removeBare(deps, leftovers, limit);
}

/** The parts of the oldest leftovers. */
function removeParts(
  deps: StoreDeps, { leftovers, part }: { readonly leftovers: Leftovers; readonly part: Part }, limit: number,
): Promise<number> {
  const { table, key, past, where } = leftovers;
  const oldest = sql`select ${sql.ref(key)} from ${sql.table(table)} where ${where} order by ${sql.ref(past)} limit ${sql.lit(limit)}`;
  const chosen = sql`
    select ${sql.ref(part.key)} from ${sql.table(part.table)} where ${sql.ref(part.of)} in (${oldest}) limit ${sql.lit(limit)}`;
  return remove(deps, part, chosen);
}

/** Leftovers that have no parts any more. */
function removeBare(deps: StoreDeps, { table, key, past, where, parts = [] }: Leftovers, limit: number): Promise<number> {
  const isBare = parts.map((part) => sql` and not exists (
    select 1 from ${sql.table(part.table)} where ${sql.ref(`${part.table}.${part.of}`)} = ${sql.ref(`${table}.${key}`)})`);
  const chosen = sql`
    select ${sql.ref(key)} from ${sql.table(table)} where ${where}${sql.join(isBare, sql``)}
    order by ${sql.ref(past)} limit ${sql.lit(limit)}`;
  return remove(deps, { table, key }, chosen);
}

/**
 * The limit is written out: where it is a parameter, PostgreSQL plans for a tenth of all that is past, and to read the
 * whole table may look cheap. The choice stands first, so that it is made once; where several processes sweep, each
 * takes what no other has.
 */
async function remove(
  { db, engine }: StoreDeps, { table, key }: Pick<Leftovers, 'table' | 'key'>, chosen: RawBuilder<unknown>,
): Promise<number> {
  const lock = engine.locksRows ? sql` for update skip locked` : sql``;
  const result = await sql`
    with leftover as (${chosen}${lock})
    delete from ${sql.table(table)} where ${sql.ref(key)} in (select ${sql.ref(key)} from leftover)`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}
