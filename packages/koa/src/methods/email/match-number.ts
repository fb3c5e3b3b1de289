import { AuthError } from '../../model/auth-error.ts';
import type { Challenge } from '../../model/challenge.ts';
import type { Digest } from '../../model/ids.ts';
import { normalizeCode } from '../normalize-code.ts';
import type { EmailDeps } from './email-deps.ts';
import { matchNumberDigest } from './secret-digests.ts';
import { whyLinkEnded } from './why-link-ended.ts';

const matchNumberLength = 2;

/**
 * Checks that who opened a link on another device sees the page that waits: they type the two digits that it shows.
 * Each try is spent before it is compared; the last wrong one ends the link.
 *
 * @throws {AuthError} `link_number_wrong`; `too_many_attempts` when the link has ended with it, or the reason for
 * which it had ended before.
 */
export async function checkMatchNumber(challenge: Challenge, typed: string, deps: EmailDeps): Promise<void> {
  const { store, vault, clock } = deps;
  const digits = normalizeCode(typed, matchNumberLength);
  if (digits === undefined) throw new AuthError('link_number_wrong');
  const spent = await store.challenges.spendAttempt(challenge.id, clock.now());
  if (spent === undefined) return refuseEnded(challenge, deps);
  const given = matchNumberDigest(digits, { flowId: challenge.flowId, challengeId: challenge.id }, vault);
  const expected = challenge.detail['matchNumberDigest'];
  if (typeof expected === 'string' && vault.matches(given, expected as Digest)) return;
  if (spent.attemptsLeft > 0) throw new AuthError('link_number_wrong');
  await store.challenges.replace(challenge.flowId, ['magic-link'], challenge.purpose);
  throw new AuthError('too_many_attempts');
}

async function refuseEnded(challenge: Challenge, { store, clock }: EmailDeps): Promise<never> {
  const latest = await store.challenges.find(challenge.id);
  const why = latest === undefined ? 'link_expired' : whyLinkEnded(latest, clock.now());
  throw new AuthError(why ?? 'too_many_attempts');
}
