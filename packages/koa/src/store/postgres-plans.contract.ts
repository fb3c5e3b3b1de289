/** What PostgreSQL would read for a statement, and what of that is too much. */
import assert from 'node:assert/strict';
import type pg from 'pg';
import type { Statement } from './recorded-store.contract.ts';
import { isSmall } from './small-tables.contract.ts';

/** A step of a plan, as `EXPLAIN (FORMAT JSON)` has it. */
interface Step {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Filter'?: string;
  readonly 'Plans'?: readonly Step[];
}

/** In a range, rows that are passed over. Those mails are taken away within a minute. */
const passedOver: readonly string[] = ['portico_queued_mail_due'];

/** Steps that hand on a row as soon as they have it, so that a limit above ends what is below. */
const lazySteps: readonly string[] = ['LockRows', 'Nested Loop', 'Index Scan', 'Index Only Scan'];

/** What stands above a step: its table, if that is a bitmap's, and whether a limit ends it. */
interface Above {
  readonly table: string;
  readonly isLimited: boolean;
}

/**
 * Every table is entered by an index, with equal values. What is entered otherwise is read in the order of an index up to
 * a limit: a range of it where no row is passed over, or its beginning where the statement asks for nothing else.
 *
 * @param client Inside a transaction with the settings under which the plans are made.
 * @returns The steps that read more, each with its statement.
 */
export async function findPostgresScans(client: pg.PoolClient, statement: Statement): Promise<readonly string[]> {
  const { rows } = await client.query<{ readonly 'QUERY PLAN': readonly { readonly Plan: Step }[] }>(
    `explain (generic_plan, format json) ${statement.text}`);
  const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
  assert.ok(plan);
  return findTooMuch(plan, { table: '', isLimited: false }).map((step) => `${step}: ${statement.text}`);
}

function findTooMuch(step: Step, above: Above): readonly string[] {
  const kind = step['Node Type'];
  const table = step['Relation Name'] ?? above.table;
  const isLimited = kind === 'Limit' || (above.isLimited && lazySteps.includes(kind));
  const own = isFine(step, { table, isLimited }) ? [] : [`${kind} of ${table} ${step['Index Name'] ?? ''} ${step['Index Cond'] ?? ''}`];
  return [...own, ...(step.Plans ?? []).flatMap((below) => findTooMuch(below, { table, isLimited }))];
}

function isFine(step: Step, { table, isLimited }: Above): boolean {
  const kind = step['Node Type'];
  if (isSmall(table)) return true;
  if (kind === 'Seq Scan' || kind === 'Sample Scan') return false;
  if (!/^(Bitmap )?Index( Only)? Scan$/.test(kind)) return true;
  const isForEqual = /[^<>!]= /.test(step['Index Cond'] ?? '');
  const passesOver = step.Filter !== undefined && !passedOver.includes(step['Index Name'] ?? '');
  return isForEqual || (isLimited && !passesOver);
}

/**
 * Has the planner believe that every table has a million rows a page. For the running transaction alone.
 *
 * @returns `false` if this server cannot be told (before version 18).
 */
export async function pretendManyRows(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query(`select 1 from pg_proc where proname = 'pg_restore_relation_stats'`);
  if (rows.length === 0) return false;
  await client.query(`
    select pg_restore_relation_stats(
      'schemaname', n.nspname::text, 'relname', c.relname::text, 'relpages', 1, 'reltuples', 1000000::real)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind = 'r'`);
  return true;
}

/** Columns that point to another table and have no index: whoever removes what they point to reads their whole table. */
export async function findPostgresUnindexedKeys(client: pg.PoolClient): Promise<readonly string[]> {
  const { rows } = await client.query<{ readonly found: string; readonly is_indexed: boolean }>(`
    select conrelid::regclass || '.' || (
      select attname from pg_attribute where attrelid = conrelid and attnum = conkey[1]
    ) as found, exists (
      select 1 from pg_index
      where indrelid = conrelid and indpred is null and indisvalid
        and (indkey::int2[])[0:cardinality(conkey) - 1] @> conkey
    ) as is_indexed
    from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`);
  assert.ok(rows.length > 5, `${rows.length} foreign keys`);
  return rows.filter((row) => !row.is_indexed).map((row) => row.found);
}
