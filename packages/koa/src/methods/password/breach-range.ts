import { createHash } from 'node:crypto';
import { AuthError } from '../../model/auth-error.ts';
import { methodEvent, type Occasion } from '../method-event.ts';
import type { PasswordDeps } from './password-deps.ts';

/** What of the hash leaves: shared by some two thousand passwords of those that were ever leaked. */
const beginningLength = 5;
const comeBackSeconds = 10;

/**
 * Whether a password is in the list of the host's breach-range service; never where there is none.
 *
 * @throws {AuthError} `temporarily_unavailable` if nothing is known of it and the host wants no such password.
 */
export async function isBreached(password: string, context: Occasion, deps: PasswordDeps): Promise<boolean> {
  const { breachRange } = deps;
  if (breachRange === undefined) return false;
  const hash = createHash('sha1').update(password).digest('hex').toUpperCase();
  try {
    return (await breachRange.listEndings(hash.slice(0, beginningLength))).has(hash.slice(beginningLength));
  } catch (fault) {
    const { onFailure } = breachRange;
    // Why, and nothing of the password: an address that failed has the beginning of its hash.
    deps.log.warn('breach_check_failed', { onFailure, reason: fault instanceof Error ? fault.name : 'unknown' });
    await deps.store.audit.insert({ ...methodEvent('breach_check_failed', context, deps), detail: { onFailure } });
    if (onFailure === 'accept') return false;
    throw new AuthError('temporarily_unavailable', { retryAfterSeconds: comeBackSeconds, cause: fault });
  }
}
