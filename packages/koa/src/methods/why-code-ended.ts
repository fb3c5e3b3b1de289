import type { ErrorCode } from '@portico/contract';
import type { Challenge } from '../model/challenge.ts';

/** Why a code takes no more answers; nothing if it still does. */
export function whyCodeEnded(challenge: Challenge | undefined, now: Date): ErrorCode | undefined {
  if (challenge === undefined) return 'code_expired';
  if (challenge.end !== undefined) return 'code_spent';
  if (challenge.expiresAt <= now) return 'code_expired';
  return challenge.attemptsLeft > 0 ? undefined : 'code_spent';
}
