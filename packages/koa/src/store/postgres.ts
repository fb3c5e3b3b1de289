import type { ConnectionOptions } from 'node:tls';
import { refuseUnknown } from '@portico/contract';
import type { PostgresPool } from 'kysely';
import { Kysely } from 'kysely';
import type { OpenStore, StoreOpener } from '../ports/store.ts';
import { createStore } from './create-store.ts';
import { migrate } from './migrate.ts';
import { createPostgresDeps } from './postgres-deps.ts';
import { createPostgresDialect } from './postgres-dialect.ts';
import type { Schema } from './schema.ts';

/** Where the server is, in parts. What is absent comes from the environment (`PGHOST` …), as `pg` does it. */
export interface PostgresAddress {
  readonly host?: string;
  /** Default 5432. */
  readonly port?: number;
  readonly database?: string;
  readonly user?: string;
  /** Also a function, for passwords that change. */
  readonly password?: string | (() => string | Promise<string>);
  /** Default: no TLS. With `true` the certificate is checked. */
  readonly ssl?: boolean | ConnectionOptions;
}

/** How a PostgreSQL server is used. */
export interface PostgresOptions {
  /** Connections of this process. Default 10. */
  readonly poolSize?: number;
  /** Milliseconds to wait for a connection, free or new, before a `StoreBusyError`. Default 5000. */
  readonly connectTimeoutMilliseconds?: number;
  /** Milliseconds that one statement may take, waiting for locks included, before a `StoreBusyError`. Default 5000. */
  readonly statementTimeoutMilliseconds?: number;
}

const POOL_SIZE = 10;
const TIMEOUT_MILLISECONDS = 5000;

/**
 * Keeps everything in a PostgreSQL database, for when one machine is not enough. Needs the package `pg` beside it.
 * All tables begin with `portico_`, so the database may be the host's own. Transactions are `read committed`.
 *
 * What was answered is on the server's disk, as far as its `synchronous_commit` says (by default it is), and survives
 * `kill -9` and a loss of power on either side.
 *
 * @param address A connection URL (`postgres://user:password@host:5432/database`), or its parts.
 * @returns An opener. Its `open()` migrates the schema under an advisory lock, and
 *   throws an `Error` if `pg` is missing, access is refused, or the database was used by a newer version,
 *   a `StoreBusyError` if the server is out of reach or does not answer in time.
 * @example
 * ```ts
 * createAuth({ store: postgres(process.env.DATABASE_URL) });
 * ```
 */
export function postgres(address: string | PostgresAddress, options: PostgresOptions = {}): StoreOpener {
  refuseUnknown('postgres()', options, { poolSize: true, connectTimeoutMilliseconds: true, statementTimeoutMilliseconds: true });
  return { open: () => openPostgres(address, options) };
}

async function openPostgres(address: string | PostgresAddress, options: PostgresOptions): Promise<OpenStore> {
  const pool = await createPool(address, options);
  const deps = createPostgresDeps(new Kysely<Schema>({ dialect: createPostgresDialect(pool) }));
  let closing: Promise<void> | undefined;
  // The pool alone is closed, for then a late call is refused by it with a fault that we know.
  const close = (): Promise<void> => (closing ??= pool.end());
  try {
    await migrate(deps);
  } catch (fault) {
    await close();
    throw fault;
  }
  const store = createStore(deps);
  // The server commits in groups by itself: what is applied is kept.
  return { ...store, grouped: { ...store, watchWrites: () => () => Promise.resolve() }, close };
}

async function createPool(address: string | PostgresAddress, options: PostgresOptions): Promise<PostgresPool> {
  const { Pool } = await importDriver();
  const pool = new Pool({
    ...(typeof address === 'string' ? { connectionString: address } : address),
    max: options.poolSize ?? POOL_SIZE,
    connectionTimeoutMillis: options.connectTimeoutMilliseconds ?? TIMEOUT_MILLISECONDS,
    statement_timeout: options.statementTimeoutMilliseconds ?? TIMEOUT_MILLISECONDS,
    application_name: 'portico',
  });
  // A connection that is lost is replaced at the next use, and whoever uses it gets a fault of his own. Unheard, these
  // events would end the process; the pool hears those of its idle connections only.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Only now: who uses SQLite need not have it. */
async function importDriver(): Promise<typeof import('pg')> {
  try {
    return await import('pg');
  } catch (cause) {
    throw new Error('PostgreSQL needs the package "pg": npm install pg', { cause });
  }
}
