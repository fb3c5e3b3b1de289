import type { ErrorCode } from '@portico/contract';
import type { Challenge } from '../model/challenge.ts';

/** Why a link opens nothing any more, told apart so that its visitor knows what to do; nothing if it still does. */
export function whyLinkEnded(challenge: Challenge, now: Date): ErrorCode | undefined {
  if (challenge.end === 'used') return 'link_used';
  // Ended by wrong numbers, however the store calls that.
  if (challenge.attemptsLeft === 0) return 'too_many_attempts';
  if (challenge.end === 'replaced') return 'link_replaced';
  return challenge.expiresAt <= now ? 'link_expired' : undefined;
}
