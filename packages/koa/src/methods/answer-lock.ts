/**
 * The lock that wrong answers lead to.
 *
 * Owns: how failures add up, fade and lock. Does not own: whose lock it is, which each method says by its key.
 */
import type { Flow } from '../model/flow.ts';
import type { AppId, Digest } from '../model/ids.ts';
import type { LockoutTier } from '../model/login-preferences.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import type { MethodContext } from './method.ts';

/** Whose wrong answers are counted, and where they lock. */
export interface AnswerLock {
  readonly key: Digest;
  readonly tiers: readonly LockoutTier[];
  /** Seconds after the last wrong answer until all are forgotten. @default a day */
  readonly forgetAfterSeconds?: number;
}

/**
 * Which tally of a subject an answer counts in: a browser that is known for them has its own, and strangers share one, so
 * that a stranger locks strangers out and not the owner.
 */
export function tallyOf(subject: string, { knownDevice }: Pick<Flow, 'knownDevice'>): readonly string[] {
  return knownDevice?.subject === subject ? [knownDevice.id] : [];
}

/** Whose codes, by which method and in which app. */
export interface CodeTally {
  readonly method: 'email-code' | 'sms-code' | 'access-code';
  readonly appId: AppId;
  /** An address or a number, in canonical form; of codes that go elsewhere the user's id. */
  readonly contact: string;
}

/** The tally of the codes that were wrong for an address or a number. */
export function codeTally({ method, appId, contact }: CodeTally, vault: Pick<Vault, 'keyedDigest'>, ofDevice: readonly string[] = []): Digest {
  return vault.keyedDigest('limit', contact, [method, appId, ...ofDevice]);
}

/** Whose tally it is: of where the code went or, where that is not the user's own, of who was named, so that wrong codes of one person add up wherever they go. */
export function talliedContact({ detour, user }: Pick<MethodContext, 'detour' | 'user'>, sentTo: string): string {
  return detour === undefined ? sentTo : (user?.id ?? detour.named);
}

interface LockDeps {
  readonly store: Store;
  readonly clock: Clock;
}

/** A day after the last wrong answer, or after the longest lock, everybody starts afresh. */
const usualMemorySeconds = 86_400;

function policyOf({ tiers, forgetAfterSeconds = usualMemorySeconds }: AnswerLock): { readonly tiers: readonly LockoutTier[]; readonly forgetAfterSeconds: number } {
  return { tiers, forgetAfterSeconds: Math.max(forgetAfterSeconds, ...tiers.map((tier) => tier.lockSeconds)) };
}

/** Until when no answer is judged; nothing if it is not locked. */
export function findLock({ key }: AnswerLock, { store, clock }: LockDeps): Promise<Date | undefined> {
  return store.limits.findLock(key, clock.now());
}

/** Counts an answer as wrong before it is looked at; nothing if there is a lock, and then nobody may look at it. */
export function countAttempt(lock: AnswerLock, { store, clock }: LockDeps): ReturnType<Store['limits']['countAttempt']> {
  return store.limits.countAttempt(lock.key, policyOf(lock), clock.now());
}

/** A right answer: what was counted before was the person's own typing. */
export function forgetWrongAnswers({ key }: Pick<AnswerLock, 'key'>, { store }: Pick<LockDeps, 'store'>): Promise<void> {
  return store.limits.forgetFailures(key);
}
