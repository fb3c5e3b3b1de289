/** The databases that a suite runs on: SQLite in memory, and PostgreSQL where `PORTICO_TEST_POSTGRES` says where one is. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { postgres, sqlite, type OpenStore, type StoreOpener } from '../src/index.ts';

export type EngineName = 'sqlite' | 'postgres';

/** Fifty at once share five connections: on a slow machine the last of them waits for longer than a service would have it. */
const patienceMilliseconds = 60_000;

const address = process.env['PORTICO_TEST_POSTGRES'];

export const engines: readonly EngineName[] = address === undefined ? ['sqlite'] : ['sqlite', 'postgres'];

/** An empty store of its own for each service. */
export function openerOf(engine: EngineName): StoreOpener {
  return engine === 'sqlite' || address === undefined ? sqlite(':memory:', { busyTimeoutMilliseconds: patienceMilliseconds }) : { open: () => openSchema(address) };
}

/** A schema a store: test files run side by side in one database. */
async function openSchema(url: string): Promise<OpenStore> {
  const schema = await makeSchema(url);
  const store = await postgres(schema.url, { poolSize: 5, connectTimeoutMilliseconds: patienceMilliseconds, statementTimeoutMilliseconds: patienceMilliseconds }).open();
  return {
    ...store,
    close: async () => {
      await store.close();
      await schema.drop();
    },
  };
}

/** An empty schema, and the address at which it is the only one. */
export async function makeSchema(url: string): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const schema = `test_${randomBytes(8).toString('hex')}`;
  await query(url, `create schema ${schema}`);
  const placed = new URL(url);
  placed.searchParams.set('options', `-c search_path=${schema}`);
  return { url: placed.href, drop: () => query(url, `drop schema ${schema} cascade`) };
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text);
  await client.end();
}
