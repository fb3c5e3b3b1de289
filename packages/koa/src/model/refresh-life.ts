import type { Client } from './app.ts';
import type { Grant } from './grant.ts';

/** Whether `offline_access` was granted (OpenID Connect Core, section 11). */
export function hasRefreshTokens({ scopes }: Pick<Grant, 'scopes'>): boolean {
  return scopes.includes('offline_access');
}

/** When a refresh token ends that is made at this moment. */
export function refreshTokenEnd({ createdAt }: Pick<Grant, 'createdAt'>, client: Client, now: Date): Date {
  const idleEnd = now.getTime() + client.refreshTokenIdleSeconds * 1_000;
  return new Date(Math.min(idleEnd, createdAt.getTime() + client.refreshTokenSeconds * 1_000));
}
