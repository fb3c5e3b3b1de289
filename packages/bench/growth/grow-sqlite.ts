import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqlite } from '@portico/koa';
import Database from 'better-sqlite3';
import type { GrownStore } from './grown-store.ts';
import { digestOf, idFrom, now, secretOf } from './known-user.ts';
import { insertInto, population } from './population.ts';

/** Of the connection that fills, in KiB. */
const cache = 4_000_000;

/** Makes a file of the real schema with so many users in it. It is not analysed, for no host's is. */
export async function growSqlite(users: number, tell: (line: string) => void): Promise<GrownStore> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-growth-'));
  const path = join(folder, 'portico.db');
  const opener = sqlite(path);
  const startedAt = performance.now();
  try {
    await (await opener.open()).close();
    fill(path, users, tell);
    await reachDisk(path);
  } catch (fault) {
    await rm(folder, { recursive: true, force: true });
    throw fault;
  }
  return {
    opener,
    filledInSeconds: (performance.now() - startedAt) / 1000,
    bytes: sizeOf(path),
    findScannedTables: async () => [],
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function fill(path: string, users: number, tell: (line: string) => void): void {
  const database = new Database(path);
  try {
    for (const setting of ['journal_mode = off', 'synchronous = off', 'foreign_keys = off', 'locking_mode = exclusive', `cache_size = -${cache}`, 'temp_store = memory']) {
      database.pragma(setting);
    }
    defineFunctions(database);
    const indexes = takeIndexes(database);
    const numbers = `(with recursive numbers (k) as (select 1 union all select k + 1 from numbers where k < ${users}) select k from numbers)`;
    for (const rows of population) {
      tell(`  ${rows.table}`);
      database.exec(insertInto(rows, { numbers, momentOf }));
    }
    tell('  its indexes');
    for (const index of indexes) database.exec(index);
  } finally {
    database.close();
  }
}

function defineFunctions(database: Database.Database): void {
  const options = { deterministic: true };
  const secret = rememberLast(secretOf);
  database.function('growth_secret', options, (kind, k) => secret(String(kind), Number(k)));
  database.function('growth_id', options, (kind, k) => idFrom(secret(String(kind), Number(k))));
  database.function('growth_digest', options, (purpose, value) => digestOf(purpose as 'session', String(value)));
}

/** As `Date.toISOString` writes it. SQLite makes it by itself: to call back into JavaScript would take three times as long. */
function momentOf(seconds: string): string {
  return `strftime('%Y-%m-%dT%H:%M:%S.000Z', ${now.getTime() / 1000} + (${seconds}), 'unixepoch')`;
}

/** One row asks for the same more than once. */
function rememberLast(make: (kind: string, k: number) => string): (kind: string, k: number) => string {
  const made = new Map<string, { readonly k: number; readonly text: string }>();
  return (kind, k) => {
    const last = made.get(kind);
    if (last?.k === k) return last.text;
    const text = make(kind, k);
    made.set(kind, { k, text });
    return text;
  };
}

/** Drops those that are no constraint, for to sort at the end is cheaper. Gives the statements that bring them back. */
function takeIndexes(database: Database.Database): readonly string[] {
  const indexes = database.prepare<[], { name: string; sql: string }>(
    `select name, sql from sqlite_master where type = 'index' and sql is not null`).all();
  for (const { name } of indexes) database.exec(`drop index ${name}`);
  return indexes.map(({ sql }) => sql);
}

/** So that nothing is written any more while others measure. */
async function reachDisk(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
}

function sizeOf(path: string): number {
  const database = new Database(path, { readonly: true });
  const size = Number(database.pragma('page_count', { simple: true })) * Number(database.pragma('page_size', { simple: true }));
  database.close();
  return size;
}
