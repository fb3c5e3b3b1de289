/**
 * The two digits that tie a link, opened on another device, to the page that waits.
 *
 * Owns: how many they are, how often they may be typed wrong, their judgement. Does not own: what the link is for.
 */
import { AuthError } from '../model/auth-error.ts';
import type { Challenge } from '../model/challenge.ts';
import type { ChallengeId, Digest, FlowId } from '../model/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import { normalizeCode } from './normalize-code.ts';
import { whyLinkEnded } from './why-link-ended.ts';

/** Of a hundred numbers, three guesses. */
export const matchNumberLength = 2;
export const matchNumberAttempts = 3;

interface MatchDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
}

/** Of the two digits that the waiting page shows. A few digits can be tried out against a hash, hence the key. */
export function matchNumberDigest(
  digits: string, place: { readonly flowId: FlowId; readonly challengeId: ChallengeId }, vault: Vault,
): Digest {
  return vault.keyedDigest('one-time-code', digits, ['match-number', place.flowId, place.challengeId]);
}

/**
 * Checks that who opened a link on another device sees the page that waits: they type the two digits that it shows.
 * Each try is spent before it is compared; the last wrong one ends the link.
 *
 * @throws {AuthError} `link_number_wrong`; `too_many_attempts` when the link has ended with it, or the reason for
 * which it had ended before.
 */
export async function checkMatchNumber(challenge: Challenge, typed: string, deps: MatchDeps): Promise<void> {
  const { store, vault, clock } = deps;
  const digits = normalizeCode(typed, matchNumberLength);
  if (digits === undefined) throw new AuthError('link_number_wrong');
  const spent = await store.challenges.spendAttempt(challenge.id, clock.now());
  if (spent === undefined) return refuseEnded(challenge, deps);
  const given = matchNumberDigest(digits, { flowId: challenge.flowId, challengeId: challenge.id }, vault);
  const expected = challenge.detail['matchNumberDigest'];
  if (typeof expected === 'string' && vault.matches(given, expected as Digest)) return;
  if (spent.attemptsLeft > 0) throw new AuthError('link_number_wrong');
  await store.challenges.replace(challenge.flowId, [challenge.method], challenge.purpose);
  throw new AuthError('too_many_attempts');
}

async function refuseEnded(challenge: Challenge, { store, clock }: MatchDeps): Promise<never> {
  const latest = await store.challenges.find(challenge.id);
  const why = latest === undefined ? 'link_expired' : whyLinkEnded(latest, clock.now());
  throw new AuthError(why ?? 'too_many_attempts');
}
