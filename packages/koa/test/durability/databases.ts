/** Databases that outlive the process that uses them, as a host would set them up. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { makeSchema } from '../engines.ts';

export type DatabaseAddress =
  | { readonly engine: 'sqlite'; readonly path: string; readonly synchronous: 'full' | 'normal' }
  | { readonly engine: 'postgres'; readonly url: string };

export interface LastingDatabase {
  readonly address: DatabaseAddress;
  /** What the engine says of itself, and what holds between rows that were written in one transaction. */
  check(): Promise<void>;
  remove(): Promise<void>;
}

/** A token is spent and its successor kept in one transaction. */
const spentWithoutSuccessor = `
  select count(*) as count from portico_refresh_token spent where spent.spent_at is not null
  and not exists (select 1 from portico_refresh_token successor where successor.digest = spent.successor_digest)`;
/** A flow ends with its session, the grant and its code in one transaction. */
const grantsWithoutSession = `
  select count(*) as count from portico_grant kept
  where not exists (select 1 from portico_session session where session.id = kept.session_id)`;
const halves = [spentWithoutSuccessor, grantsWithoutSession];

export async function makeLastingFile(synchronous: 'full' | 'normal'): Promise<LastingDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-killed-'));
  const path = join(folder, 'portico.db');
  return {
    address: { engine: 'sqlite', path, synchronous },
    check: async () => checkFile(path),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function checkFile(path: string): void {
  const database = new Database(path, { readonly: true });
  assert.equal(database.pragma('integrity_check', { simple: true }), 'ok');
  assert.deepEqual(database.pragma('foreign_key_check'), []);
  for (const half of halves) assert.deepEqual(database.prepare(half).get(), { count: 0 });
  database.close();
}

/** A schema of the server at this address. */
export async function makeLastingSchema(server: string): Promise<LastingDatabase> {
  const schema = await makeSchema(server);
  return {
    address: { engine: 'postgres', url: schema.url },
    check: () => checkSchema(schema.url),
    remove: () => schema.drop(),
  };
}

async function checkSchema(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const half of halves) assert.deepEqual((await client.query(half)).rows, [{ count: '0' }]);
  await client.end();
}
