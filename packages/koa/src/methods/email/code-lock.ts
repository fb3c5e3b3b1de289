import type { Digest } from '../../model/ids.ts';
import type { EmailCodePreferences } from '../../model/login-preferences.ts';
import type { MethodContext } from '../method.ts';
import type { EmailDeps } from './email-deps.ts';
import { addressOf } from './whom-it-asks.ts';

/** A day after the last wrong answer, or after the longest lock, an address starts afresh. */
const shortestMemorySeconds = 86_400;

/** Whose lock it is. */
export type LockContext = Pick<MethodContext, 'app' | 'flow'>;

/** The tally of wrong codes: of an address in an app, whatever flow they came in. */
function lockKey(context: LockContext, { vault }: Pick<EmailDeps, 'vault'>): Digest {
  return vault.keyedDigest('limit', addressOf(context), ['email-code', context.app.id]);
}

function memorySeconds({ lockoutTiers }: EmailCodePreferences): number {
  return Math.max(shortestMemorySeconds, ...lockoutTiers.map((tier) => tier.lockSeconds));
}

/** Until when no code of this address is judged; nothing if it is not locked. Links still work: they cannot be guessed. */
export function findCodeLock(context: LockContext, deps: EmailDeps): Promise<Date | undefined> {
  return deps.store.limits.findLock(lockKey(context, deps), deps.clock.now());
}

/** Counts a wrong code. Locks the address where a tier is reached, and says until when. */
export async function countWrongCode(context: LockContext, deps: EmailDeps): Promise<Date | undefined> {
  const preferences = context.app.preferences.methods['email-code'];
  const policy = { tiers: preferences.lockoutTiers, forgetAfterSeconds: memorySeconds(preferences) };
  const { lockedUntil } = await deps.store.limits.countFailure(lockKey(context, deps), policy, deps.clock.now());
  return lockedUntil;
}

/** A right code: what was counted before was the person's own typing. */
export function forgetWrongCodes(context: LockContext, deps: Pick<EmailDeps, 'store' | 'vault'>): Promise<void> {
  return deps.store.limits.forgetFailures(lockKey(context, deps));
}
