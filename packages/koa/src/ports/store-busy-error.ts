/**
 * The database cannot answer now: locked, overloaded, out of reach, closing. Nothing was decided; the same call may
 * succeed later. It is answered with 503, and is never a verdict about a person.
 */
export class StoreBusyError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`The store is busy: ${reason}`, options);
    this.name = 'StoreBusyError';
  }
}
