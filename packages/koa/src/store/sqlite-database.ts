import Database from 'better-sqlite3';
import type { QueryResult } from 'kysely';

/** Of how many texts the prepared statements are kept; all of this store's are fewer. */
const KEPT_STATEMENTS = 256;

export interface SqliteSettings {
  readonly path: string;
  readonly synchronous: 'normal' | 'full';
}

/** The driver's database, as the dialect uses it. */
export interface OpenDatabase {
  readonly inTransaction: boolean;
  /** Whether this text changes nothing. */
  isReadonly(text: string): boolean;
  /** Runs one statement. @throws {SqliteError} */
  execute<Row>(text: string, parameters?: readonly unknown[]): QueryResult<Row>;
  close(): void;
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
  const prepare = rememberStatements(database);
  return {
    get inTransaction() { return database.inTransaction; },
    isReadonly: (text) => prepare(text).readonly,
    execute: (text, parameters = []) => execute(prepare(text), parameters.map(toStored)),
    close: () => database.close(),
  };
}

function execute<Row>(statement: Database.Statement, parameters: readonly unknown[]): QueryResult<Row> {
  if (statement.reader) return { rows: statement.all(...parameters) as Row[] };
  return { rows: [], numAffectedRows: BigInt(statement.run(...parameters).changes) };
}

function configure(database: Database.Database, synchronous: SqliteSettings['synchronous']): void {
  const mode = database.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal' && mode !== 'memory') {
    throw new Error(`SQLite cannot keep a write-ahead log here (journal mode "${String(mode)}"): is it a network drive?`);
  }
  database.pragma(`synchronous = ${synchronous}`);
  // A page that many commits change is copied to its place once for all of them. The log grows to 16 MB for it.
  database.pragma('wal_autocheckpoint = 4000');
  database.pragma('foreign_keys = ON');
  // What a savepoint may take back is kept aside, page by page: in a file under the system's temporary folder otherwise.
  database.pragma('temp_store = MEMORY');
}

/** Prepares each text once; of too many, the one that was first is dropped. */
function rememberStatements(database: Database.Database): (text: string) => Database.Statement {
  const statements = new Map<string, Database.Statement>();
  return (text) => {
    const known = statements.get(text);
    if (known !== undefined) return known;
    const statement = database.prepare(text);
    statements.set(text, statement);
    const [oldest] = statements.keys();
    if (statements.size > KEPT_STATEMENTS && oldest !== undefined) statements.delete(oldest);
    return statement;
  };
}

/** What one request writes is mostly of one moment. */
const lastMoment = { at: Number.NaN, text: '' };

/** ISO text, which sorts like time. */
function toStored(parameter: unknown): unknown {
  if (!(parameter instanceof Date)) return parameter;
  const at = parameter.getTime();
  if (at !== lastMoment.at) Object.assign(lastMoment, { at, text: parameter.toISOString() });
  return lastMoment.text;
}
