/**
 * What is the same for all second factors that are typed.
 *
 * Owns: that an attempt is spent before anything is compared, that many at once are judged no more often than the lock
 * lets through, what is forgiven and written down. Does not own: the comparison, which is the method's.
 */
import type { ErrorCode, MethodName } from '@portico/contract';
import type { Proof, Verdict } from '../model/proof.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import { countAttempt, forgetWrongAnswers, type AnswerLock } from './answer-lock.ts';
import { methodEvent } from './method-event.ts';
import { secondFactorLock, type ProvedContext } from './second-factor-lock.ts';

/** What typed second factors are given at start-up. */
export interface SecondFactorDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
}

/** `used`: it is right, and somebody has taken it already. */
export type Taken = 'taken' | 'used' | 'wrong';

/** A method, how it compares, and what its refusals are called. */
interface Judged {
  readonly method: Extract<MethodName, 'totp' | 'recovery-code'>;
  readonly amr: Proof['amr'];
  /** Finds what was typed and takes it, in one conditional write. */
  readonly take: (store: Store) => Promise<Taken>;
  readonly wrong: ErrorCode;
  readonly used: ErrorCode;
}

export async function judgeSecondFactor(context: ProvedContext, { method, amr, take, wrong, used }: Judged, deps: SecondFactorDeps): Promise<Verdict> {
  const lock = secondFactorLock(context, deps);
  const attempt = await countAttempt(lock, deps);
  if (attempt === undefined) return { outcome: 'spent', code: 'too_many_attempts' };
  const event = { ...context, method };
  const found = context.user.status === 'active' ? await takeAndForgive(take, { lock, event }, deps) : 'wrong';
  if (found === 'taken') {
    const proof: Proof = { method, provedAt: deps.clock.now(), amr, isPhishingResistant: false, isMultiFactor: false, userId: context.user.id };
    return { outcome: 'proved', proof };
  }
  await deps.store.audit.insert(methodEvent('answer_wrong', event, deps));
  if (attempt.lockedUntil === undefined) return { outcome: 'spent', code: found === 'used' ? used : wrong };
  await deps.store.audit.insert(methodEvent('locked', event, deps));
  return { outcome: 'spent', code: 'too_many_attempts' };
}

/** A fault of the store takes nothing that is not written down, and the same can be typed again. */
function takeAndForgive(
  take: Judged['take'], { lock, event }: { readonly lock: AnswerLock; readonly event: ProvedContext & { readonly method: MethodName } }, deps: SecondFactorDeps,
): Promise<Taken> {
  return deps.store.transaction(async (store) => {
    const found = await take(store);
    if (found !== 'taken') return found;
    await forgetWrongAnswers(lock, { store });
    await store.audit.insert(methodEvent('proved', event, deps));
    return found;
  });
}
