import type { Auth } from './auth.ts';
import { TokenError } from './token-error.ts';

/** How surely, and how recently, whoever calls must have proved who they are (RFC 9470). */
export interface AuthenticationRequirements {
  /**
   * One of these levels must be reached, named as the issuer names them in `acr`. With Portico's names, `mfa` is reached
   * by two factors of any kind, also where `acr` is `phr`; a security key that was only touched is `phr` and no `mfa`.
   */
  readonly acr?: string | readonly string[];
  /** The longest time since the user last proved who they are. From 1. */
  readonly maxAgeSeconds?: number;
}

/** The requirements, and the clock that they are held against. */
export interface AuthenticationRules {
  readonly acrValues: readonly string[];
  readonly maxAgeSeconds: number | undefined;
  readonly now: () => Date;
  readonly toleranceSeconds: number;
}

/**
 * Whether the user behind this token proved enough for this route. Asked of each request, also where the token was
 * verified before: a proof gets older.
 *
 * @throws {TokenError} `authentication_insufficient`, answered with 401 `insufficient_user_authentication` (RFC 9470, section 3).
 */
export function checkAuthentication(auth: Auth, { acrValues, maxAgeSeconds, now, toleranceSeconds }: AuthenticationRules): void {
  const isWeak = acrValues.length > 0 && !acrValues.some((level) => reaches(auth, level));
  const isOld = maxAgeSeconds !== undefined && !isProvedWithin(auth, maxAgeSeconds + toleranceSeconds, now());
  if (!isWeak && !isOld) return;
  const lacking = [...(isWeak ? [`acr ${acrValues.join(' or ')}`] : []), ...(isOld ? [`a proof of the last ${maxAgeSeconds} seconds`] : [])];
  throw new TokenError('authentication_insufficient', `lacks ${lacking.join(', ')}`, { acrValues, maxAgeSeconds });
}

/** A token names one level, and may have reached others: `amr` says of `phr` whether it was two factors (RFC 8176, section 2). */
function reaches({ acr, amr }: Auth, level: string): boolean {
  if (acr === level) return true;
  if (level === 'single') return acr === 'mfa' || acr === 'phr';
  return level === 'mfa' && acr === 'phr' && amr.includes('mfa');
}

/** Who does not say when is not taken at their word. */
function isProvedWithin({ authTime }: Auth, seconds: number, now: Date): boolean {
  return authTime !== undefined && now.getTime() - authTime.getTime() <= seconds * 1_000;
}
