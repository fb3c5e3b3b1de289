import type { ErrorCode, FieldFault } from '@portico/contract';

/** What may go with an error to the caller. */
export interface AuthErrorOptions extends ErrorOptions {
  readonly fields?: readonly FieldFault[];
  readonly retryAfterSeconds?: number;
}

/** A broken rule, with a code from the one closed list. The status is the table's in `http/http-status.ts`. */
export class AuthError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldFault[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, options: AuthErrorOptions = {}) {
    super(code, options);
    this.name = 'AuthError';
    this.code = code;
    this.fields = options.fields ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
