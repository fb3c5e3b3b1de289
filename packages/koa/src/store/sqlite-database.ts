import Database from 'better-sqlite3';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** Of how many texts the prepared statements are kept; all of this store's are fewer. */
const KEPT_STATEMENTS = 256;

export interface SqliteSettings {
  readonly path: string;
  readonly synchronous: 'normal' | 'full';
}

/** The driver's database, with what Kysely calls and what a transaction must know. */
export interface OpenDatabase extends SqliteDatabase {
  readonly inTransaction: boolean;
}

/**
 * Opens the file with the settings that this store relies on.
 *
 * @throws {Error} from SQLite, or if the file system cannot have a write-ahead log.
 */
export function openDatabase({ path, synchronous }: SqliteSettings): OpenDatabase {
  // No waiting inside SQLite: that would stop the whole process. `when-free.ts` waits between the tries.
  const database = new Database(path, { timeout: 0 });
  try {
    configure(database, synchronous);
  } catch (cause) {
    database.close();
    throw cause;
  }
  return {
    get inTransaction() { return database.inTransaction; },
    prepare: rememberStatements(database),
    close: () => database.close(),
  };
}

function configure(database: Database.Database, synchronous: SqliteSettings['synchronous']): void {
  const mode = database.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal' && mode !== 'memory') {
    throw new Error(`SQLite cannot keep a write-ahead log here (journal mode "${String(mode)}"): is it a network drive?`);
  }
  database.pragma(`synchronous = ${synchronous}`);
  database.pragma('foreign_keys = ON');
}

/** Prepares each text once; of too many, the one that was not used for longest is dropped. */
function rememberStatements(database: Database.Database): (text: string) => SqliteStatement {
  const statements = new Map<string, SqliteStatement>();
  return (text) => {
    const statement = statements.get(text) ?? withDates(database.prepare(text));
    statements.delete(text);
    statements.set(text, statement);
    const [oldest] = statements.keys();
    if (statements.size > KEPT_STATEMENTS && oldest !== undefined) statements.delete(oldest);
    return statement;
  };
}

function withDates(statement: Database.Statement): SqliteStatement {
  return {
    reader: statement.reader,
    all: (parameters) => statement.all(...parameters.map(toStored)),
    run: (parameters) => statement.run(...parameters.map(toStored)),
    iterate: (parameters) => statement.iterate(...parameters.map(toStored)),
  };
}

/** ISO text, which sorts like time. */
function toStored(parameter: unknown): unknown {
  return parameter instanceof Date ? parameter.toISOString() : parameter;
}
