import type { Context } from 'koa';
import type { AuthError } from '../model/auth-error.ts';
import { httpStatus } from './http-status.ts';

type Held = Pick<AuthError, 'code' | 'retryAfterSeconds'>;

/**
 * Every 429 says how long to wait. Where no time is known, what held it up has ended just now, or nothing is waited for: of
 * a link that was tried too often there is another at once.
 */
export function retryAfterOf({ code, retryAfterSeconds }: Held): number | undefined {
  return retryAfterSeconds ?? (httpStatus[code] === 429 ? 1 : undefined);
}

/** The header, in whatever form the rest of the answer is. */
export function sayRetryAfter(ctx: Context, fault: Held): void {
  const seconds = retryAfterOf(fault);
  if (seconds !== undefined) ctx.set('Retry-After', String(seconds));
}
