import { StoreBusyError } from '../ports/store-busy-error.ts';

/**
 * Classes and codes of PostgreSQL (appendix A) that say "not now": connection lost, out of resources, shutting down,
 * disk trouble, a conflict with another transaction, a lock or statement that took too long, a standby.
 */
const BUSY_CODE = /^(08...|53...|57P..|58...|40001|40P01|55P03|57014|25006)$/;
/** Of Node's sockets. */
const BUSY_SOCKET = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOENT',
]);
/** `pg` and `pg-pool` have no codes for these. */
const BUSY_MESSAGE = /timeout exceeded when trying to connect|connection terminated|not queryable|after calling end on the pool|query read timeout/i;

/** What a caller shall see: a server that cannot answer now is one kind of fault, whatever its code. */
export function toStoreFault(fault: unknown): unknown {
  if (!(fault instanceof Error) || fault instanceof StoreBusyError) return fault;
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : '';
  const isBusy = BUSY_CODE.test(code) || BUSY_SOCKET.has(code) || BUSY_MESSAGE.test(fault.message);
  if (!isBusy) return fault;
  return new StoreBusyError(code === '' ? fault.message : `${code}, ${fault.message}`, { cause: fault });
}

/**
 * A deadlock, two transactions that cannot have come one after the other, or two that want the same unique value: PostgreSQL
 * has ended one of them, and whoever begins anew sees what the other one wrote.
 */
export function isPostgresConflict(fault: unknown): boolean {
  if (fault instanceof Error && 'code' in fault && fault.code === '23505') return true;
  if (!(fault instanceof StoreBusyError) || !(fault.cause instanceof Error) || !('code' in fault.cause)) return false;
  return fault.cause.code === '40P01' || fault.cause.code === '40001';
}
