import Database from 'better-sqlite3';
import { StoreBusyError } from '../ports/store-busy-error.ts';

/** Another connection holds the lock. */
const BUSY = /^SQLITE_(BUSY|LOCKED)/;
/** The disk or its file system failed. */
const FAILING = /^SQLITE_(IOERR|FULL|CANTOPEN|READONLY|NOMEM|PROTOCOL)/;

export function isSqliteBusy(fault: unknown): boolean {
  return fault instanceof Database.SqliteError && BUSY.test(fault.code);
}

/** What a caller shall see: a store that cannot answer now is one kind of fault, whatever its code. */
export function toStoreFault(fault: unknown): unknown {
  const isFailing = fault instanceof Database.SqliteError && (BUSY.test(fault.code) || FAILING.test(fault.code));
  return isFailing ? new StoreBusyError(`${fault.code}, ${fault.message}`, { cause: fault }) : fault;
}
