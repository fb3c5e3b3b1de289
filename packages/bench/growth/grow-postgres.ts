import { postgres } from '@portico/koa';
import pg from 'pg';
import { startPostgres } from '../../../scripts/check/start-postgres.ts';
import type { GrownStore } from './grown-store.ts';
import { now } from './known-user.ts';
import { insertInto, population } from './population.ts';

/** What was committed is on the disk, as by default; memory as a small server gives it. Nobody replicates from it. */
const settings = ['shared_buffers=2GB', 'maintenance_work_mem=1GB', 'max_wal_size=4GB', 'wal_level=minimal', 'max_wal_senders=0'];

const hash = (bytes: string): string => `rtrim(translate(encode(sha256(${bytes}), 'base64'), '+/', '-_'), '=')`;

const functions = `
  create function growth_secret(kind text, k bigint) returns text language sql stable parallel safe as
    $$ select ${hash(`convert_to('growth:' || kind || ':' || k, 'UTF8')`)} $$;
  create function growth_id(kind text, k bigint) returns text language sql stable parallel safe as
    $$ select left(${hash(`convert_to('growth:' || kind || ':' || k, 'UTF8')`)}, 22) $$;
  create function growth_digest(purpose text, secret text) returns text language sql stable parallel safe as
    $$ select ${hash(String.raw`convert_to(purpose, 'UTF8') || '\x00'::bytea || convert_to(secret, 'UTF8')`)} $$;`;

const momentOf = (seconds: string): string => `'${now.toISOString()}'::timestamptz + (${seconds}) * interval '1 second'`;

/** Of tables that a host fills with a handful of rows. */
const small = `('portico_app', 'portico_client', 'portico_signing_key', 'portico_migration')`;

/** Starts a server, and fills a database of the real schema with so many users. */
export async function growPostgres(users: number, tell: (line: string) => void): Promise<GrownStore> {
  const server = await startPostgres(settings);
  const startedAt = performance.now();
  const client = new pg.Client({ connectionString: server.url });
  try {
    await (await postgres(server.url).open()).close();
    await client.connect();
    const empty = await sizeOf(client);
    await fill(client, users, tell);
    const filledInSeconds = (performance.now() - startedAt) / 1000;
    const bytes = await sizeOf(client) - empty;
    await client.query('select pg_stat_force_next_flush()');
    await client.query('select pg_stat_reset()');
    return {
      opener: postgres(server.url),
      filledInSeconds,
      bytes,
      findScannedTables: () => findScannedTables(client),
      remove: async () => {
        await client.end();
        await server.stop();
      },
    };
  } catch (fault) {
    await client.end();
    await server.stop();
    throw fault;
  }
}

async function fill(client: pg.Client, users: number, tell: (line: string) => void): Promise<void> {
  const { take, bringBack } = await planConstraints(client);
  // In one transaction with the emptying, what is written needs no log.
  await client.query('begin');
  await client.query(`truncate ${[...new Set(population.map(({ table }) => table))].join(', ')} cascade`);
  for (const statement of take) await client.query(statement);
  await client.query(functions);
  for (const rows of population) {
    tell(`  ${rows.table}`);
    await client.query(insertInto(rows, { numbers: `generate_series(1::bigint, ${users}) k`, momentOf }));
  }
  tell('  its indexes and keys');
  await client.query('drop function growth_secret, growth_id, growth_digest');
  for (const statement of bringBack) await client.query(statement);
  await client.query('commit');
  await client.query('vacuum (analyze)');
  await client.query('checkpoint');
}

interface ConstraintPlan {
  readonly take: readonly string[];
  /** Keys before what points to them; each is checked for every row. */
  readonly bringBack: readonly string[];
}

/** Indexes and keys of all tables, as statements that drop them and make them again. */
async function planConstraints(client: pg.Client): Promise<ConstraintPlan> {
  const keys = await ask<{ readonly drop: string; readonly add: string }>(client, `
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
    from pg_constraint
    where contype in ('f', 'p', 'u') and conrelid::regclass::text like 'portico\\_%' and conrelid::regclass::text not in ${small}
    order by contype = 'f' desc`);
  const indexes = await ask<{ readonly drop: string; readonly add: string }>(client, `
    select 'drop index ' || indexrelid::regclass as drop, pg_get_indexdef(indexrelid) as add
    from pg_index
    where indrelid::regclass::text like 'portico\\_%' and indrelid::regclass::text not in ${small}
      and not exists (select 1 from pg_constraint where conindid = indexrelid)`);
  return {
    take: [...keys, ...indexes].map(({ drop }) => drop),
    bringBack: [...indexes, ...keys.toReversed()].map(({ add }) => add),
  };
}

async function sizeOf(client: pg.Client): Promise<number> {
  const [size] = await ask<{ readonly bytes: string }>(client, 'select pg_database_size(current_database()) as bytes');
  return Number(size?.bytes);
}

async function findScannedTables(client: pg.Client): Promise<readonly string[]> {
  const rows = await ask<{ readonly relname: string }>(client, `
    select relname from pg_stat_user_tables where relname like 'portico\\_%' and relname not in ${small} and seq_scan > 0`);
  return rows.map(({ relname }) => relname);
}

async function ask<Row extends pg.QueryResultRow>(client: pg.Client, text: string): Promise<readonly Row[]> {
  return (await client.query<Row>(text)).rows;
}
