import { refuseUnknown } from '@portico/contract';
import type { OpenStore, StoreOpener } from '../ports/store.ts';
import { createStore } from './create-store.ts';
import { createGroupCommit } from './group-commit.ts';
import { migrate } from './migrate.ts';
import type { SqliteSettings } from './sqlite-database.ts';
import { openDatabase } from './sqlite-database.ts';
import { createSqliteDeps } from './sqlite-deps.ts';
import { isSqliteBusy } from './sqlite-fault.ts';
import { createTurns } from './turns.ts';
import { whenFree } from './when-free.ts';

/** How an SQLite file is used. */
export interface SqliteOptions {
  /**
   * What a write waits for. Default `'full'`.
   *
   * - `'full'`: every commit is on the disk before it is answered. Survives the end of the process (`kill -9`), of the
   *   operating system, and a loss of power: what was answered is kept.
   * - `'normal'`: faster, the disk is told only at checkpoints. Survives `kill -9` without loss. After a loss of power
   *   the file is sound, but the last commits may be gone, so that a code that was spent may look unspent.
   */
  readonly synchronous?: 'normal' | 'full';
  /** Milliseconds to wait for another writer, or for a turn, before a `StoreBusyError`. Default 5000. */
  readonly busyTimeoutMilliseconds?: number;
}

const BUSY_TIMEOUT_MILLISECONDS = 5000;
/** SQLite knows another, under which a loss of power breaks the file. */
const promises: ReadonlySet<string> = new Set(['full', 'normal']);

/**
 * Keeps everything in one SQLite file (or in memory with `':memory:'`), with a write-ahead log, foreign keys, and one
 * writer at a time. Several processes of one machine may share the file; it must not be on a network drive.
 *
 * @param path The file. It is made if it is missing; its folder must be there.
 * @returns An opener. Its `open()` migrates the schema under a lock, and
 *   throws an `Error` if the file cannot be opened or was used by a newer version,
 *   a `StoreBusyError` if another process holds it for longer than the timeout.
 * @example
 * ```ts
 * createAuth({ store: sqlite('./portico.db') });
 * ```
 */
export function sqlite(path: string, options: SqliteOptions = {}): StoreOpener {
  refuseUnknown('sqlite()', options, { synchronous: true, busyTimeoutMilliseconds: true });
  const milliseconds = options.busyTimeoutMilliseconds ?? BUSY_TIMEOUT_MILLISECONDS;
  const settings: SqliteSettings = { path, synchronous: options.synchronous ?? 'full' };
  if (!promises.has(settings.synchronous)) throw new Error(`sqlite(): synchronous is 'full' or 'normal', and not '${settings.synchronous}': nothing less is a promise`);
  return { open: () => openSqlite(settings, milliseconds) };
}

async function openSqlite(settings: SqliteSettings, milliseconds: number): Promise<OpenStore> {
  const patience = { milliseconds, isBusy: isSqliteBusy };
  const database = await whenFree(() => openDatabase(settings), patience);
  const turns = createTurns(milliseconds);
  const groupCommit = createGroupCommit({ database, turns, patience });
  const connection = { database, turns, patience, groupCommit };
  const lasting = createSqliteDeps({ ...connection, waitsForCommit: true });
  const grouped = createSqliteDeps({ ...connection, waitsForCommit: false });
  const close = async (): Promise<void> => {
    await turns.close();
    groupCommit.close();
    database.close();
  };
  try {
    await migrate(lasting);
  } catch (fault) {
    await close();
    throw fault;
  }
  return { ...createStore(lasting), grouped: { ...createStore(grouped), watchWrites: groupCommit.watch }, close };
}
