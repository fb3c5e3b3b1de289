import { AuthError } from '../../model/auth-error.ts';
import type { Challenge } from '../../model/challenge.ts';
import type { EmailDeps } from './email-deps.ts';
import { linkDigest } from './secret-digests.ts';
import { whyLinkEnded } from '../why-link-ended.ts';

/**
 * The challenge of a link that still opens something. Changes nothing: a scanner may look at it as often as it likes.
 *
 * @throws {AuthError} `link_unknown`, `link_used`, `link_replaced`, `link_expired`; `too_many_attempts` if it was
 * ended by wrong numbers.
 */
export async function findLink(secret: string, { store, vault, clock }: EmailDeps): Promise<Challenge> {
  const challenge = await store.challenges.findBySecret('magic-link', linkDigest(secret, vault));
  if (challenge === undefined || challenge.purpose === 'enroll') throw new AuthError('link_unknown');
  const ended = whyLinkEnded(challenge, clock.now());
  if (ended !== undefined) throw new AuthError(ended);
  return challenge;
}
