import type { Digest } from '../model/ids.ts';
import type { Vault } from '../ports/vault.ts';
import { tallyOf, type AnswerLock } from './answer-lock.ts';
import type { MethodContext } from './method.ts';

/** Somebody who is proved by a first factor. */
export type ProvedContext = MethodContext & { readonly user: NonNullable<MethodContext['user']> };

/**
 * The tally of wrong answers to a second factor: one for all methods of a user, in every app and flow, so that who is
 * stopped at one guesses on at none (GHSA-7j7j-66cv-m239). It is no first factor's: a right password forgives nothing here.
 */
export function secondFactorLock({ app, flow, user }: Pick<ProvedContext, 'app' | 'flow' | 'user'>, { vault }: { readonly vault: Vault }): AnswerLock {
  return { key: secondFactorTally(user.id, vault, tallyOf(user.id, flow)), tiers: app.preferences.mfa.lockoutTiers };
}

/** The tally itself. */
export function secondFactorTally(userId: string, vault: Vault, ofDevice: readonly string[] = []): Digest {
  return vault.keyedDigest('limit', userId, ['second-factor', ...ofDevice]);
}
