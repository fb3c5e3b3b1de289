/**
 * Budgets and locks, counted in the store so that every process sees them.
 *
 * Owns: that of many at once no more pass than may. Does not own: what is limited, and how far.
 */
import type { Digest } from '../model/ids.ts';
import type { LockoutTier } from '../model/login-preferences.ts';

/** A budget within a window, with a pause between two uses. */
export interface Budget {
  readonly limit: number;
  readonly windowSeconds: number;
  readonly cooldownSeconds: number;
}

export type Spent =
  | { readonly isAllowed: true; readonly left: number; readonly nextAt: Date }
  | { readonly isAllowed: false; readonly reason: 'cooldown' | 'limit'; readonly retryAt: Date };

export interface Limits {
  /** Takes one of the budget, or says when to come back. One statement: of many at once no more than `limit` pass. */
  spend(key: Digest, budget: Budget, now: Date): Promise<Spent>;
  /** How much of a budget is used in the window that is open now. Decides nothing: who may pass is `spend`'s to say. */
  used(key: Digest, now: Date): Promise<number>;
  /** What was spent was not needed. One statement; nothing of an earlier window, and never below nothing. */
  giveBack(key: Digest, now: Date): Promise<void>;
  /** The pause of a budget ends now; what was used of it stays used. */
  endCooldown(key: Digest, now: Date): Promise<void>;
  /** Counts a wrong answer and locks where a tier is reached. Failures older than `forgetAfterSeconds` do not count. */
  countFailure(
    key: Digest, policy: { readonly tiers: readonly LockoutTier[]; readonly forgetAfterSeconds: number }, now: Date,
  ): Promise<{ readonly failures: number; readonly lockedUntil?: Date }>;
  /**
   * The same before an answer is looked at: counts it as a failure and locks where a tier is reached, unless there is a
   * lock already. Then nothing is counted and it is `undefined`: of many at once no more get through than the tier has.
   */
  countAttempt(
    key: Digest, policy: { readonly tiers: readonly LockoutTier[]; readonly forgetAfterSeconds: number }, now: Date,
  ): Promise<{ readonly failures: number; readonly lockedUntil?: Date } | undefined>;
  findLock(key: Digest, now: Date): Promise<Date | undefined>;
  /** How many failures count now. */
  findFailures(key: Digest, forgetAfterSeconds: number, now: Date): Promise<number>;
  /** One that was counted was no failure after all: it was never looked at. */
  forgiveFailure(key: Digest): Promise<void>;
  forgetFailures(key: Digest): Promise<void>;
  removeExpired(now: Date, limit: number): Promise<number>;
}
