import { countWrongAnswer, findLock, forgetWrongAnswers, type AnswerLock } from '../answer-lock.ts';
import type { MethodContext } from '../method.ts';
import type { EmailDeps } from './email-deps.ts';
import { addressOf } from './whom-it-asks.ts';

/** Whose lock it is. */
export type LockContext = Pick<MethodContext, 'app' | 'flow'>;

/** The tally of wrong codes: of an address in an app, whatever flow they came in. */
function lockOf(context: LockContext, { vault }: Pick<EmailDeps, 'vault'>): AnswerLock {
  const { lockoutTiers } = context.app.preferences.methods['email-code'];
  return { key: vault.keyedDigest('limit', addressOf(context), ['email-code', context.app.id]), tiers: lockoutTiers };
}

/** Until when no code of this address is judged; nothing if it is not locked. Links still work: they cannot be guessed. */
export function findCodeLock(context: LockContext, deps: EmailDeps): Promise<Date | undefined> {
  return findLock(lockOf(context, deps), deps);
}

/** Counts a wrong code. Locks the address where a tier is reached, and says until when. */
export function countWrongCode(context: LockContext, deps: EmailDeps): Promise<Date | undefined> {
  return countWrongAnswer(lockOf(context, deps), deps);
}

/** A right code: what was counted before was the person's own typing. */
export function forgetWrongCodes(context: LockContext, deps: Pick<EmailDeps, 'store' | 'vault'>): Promise<void> {
  return forgetWrongAnswers(lockOf(context, deps), deps);
}
