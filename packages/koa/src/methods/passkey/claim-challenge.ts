import type { Challenge } from '../../model/challenge.ts';
import type { PasskeyDeps } from './open-challenge.ts';
import { PasskeyRefusal } from './refusal.ts';

/**
 * Ends the question before its answer is looked at: each takes one answer, good or bad (WebAuthn Level 3, section 13.4.3).
 *
 * @throws {PasskeyRefusal} `challenge_over`: answered, replaced or past.
 */
export async function claimChallenge(challenge: Challenge, { store, clock }: PasskeyDeps): Promise<void> {
  const claimed = await store.challenges.claim(challenge.id, challenge.secretDigest, clock.now());
  if (claimed === undefined) throw new PasskeyRefusal('challenge_over');
}
