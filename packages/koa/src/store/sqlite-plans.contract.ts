/** What SQLite would read for a statement, and what of that is too much. */
import assert from 'node:assert/strict';
import type { Statement } from './recorded-store.contract.ts';
import { isSmall } from './small-tables.contract.ts';
import type { OpenDatabase } from './sqlite-database.ts';

/**
 * Every table is entered by a search for equal values. What is entered otherwise is read in the order of an index up to
 * the statement's limit: a range of it, or its beginning where the statement asks for nothing else.
 *
 * @returns The steps that read more, each with its statement.
 */
export function findSqliteScans(database: OpenDatabase, statement: Statement): readonly string[] {
  const steps = explain(database, statement);
  const isOrdered = / limit /.test(statement.text) && !steps.some((step) => /TEMP B-TREE/.test(step));
  const isFine = (step: string): boolean => {
    const scanned = /^SCAN (\S+)( USING (COVERING )?INDEX)?/.exec(step);
    if (scanned !== null) {
      const [, table = '', byIndex] = scanned;
      if (isSmall(table) || isGathered(table, statement.text)) return true;
      return byIndex !== undefined && isOrdered && !/\bwhere\b/.test(statement.text);
    }
    const searched = /^SEARCH (\S+) .*\((.*)\)/.exec(step);
    if (searched === null) return !step.startsWith('SEARCH');
    const [, table = '', condition = ''] = searched;
    return condition.includes('=?') || isSmall(table) || isOrdered;
  };
  return steps.filter((step) => !isFine(step)).map((step) => `${step}: ${statement.text}`);
}

/** Rows that the statement itself has found before, by steps that are looked at like all others; or given values. */
function isGathered(name: string, text: string): boolean {
  return new RegExp(`with "?${name}"? as`).test(text) || /^(CONSTANT|\d+)$/.test(name);
}

function explain(database: OpenDatabase, { text, parameters }: Statement): readonly string[] {
  return database.execute(`explain query plan ${text}`, parameters).rows.map((step) => {
    assert.ok(typeof step === 'object' && step !== null && 'detail' in step && typeof step.detail === 'string');
    return step.detail;
  });
}

/** Columns that point to another table and have no index: whoever removes what they point to reads their whole table. Of a key of several the first leads its index. */
export function findSqliteUnindexedKeys(database: OpenDatabase): readonly string[] {
  const keys = ask(database, `
    select m.name || '.' || f."from" as found from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table' and f.seq = 0`);
  assert.ok(keys.length > 5, `${keys.length} foreign keys`);
  const indexed = ask(database, `
    select m.name || '.' || c.name as found from sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
    where m.type = 'table' and c.seqno = 0 and i.partial = 0`);
  return keys.filter((key) => !indexed.includes(key));
}

function ask(database: OpenDatabase, text: string): readonly string[] {
  return database.execute(text).rows.map((row) => {
    assert.ok(typeof row === 'object' && row !== null && 'found' in row && typeof row.found === 'string');
    return row.found;
  });
}
