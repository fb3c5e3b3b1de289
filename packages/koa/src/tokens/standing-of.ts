import type { AccessTokenClaims } from '@portico/contract';
import type { GrantStanding } from '../model/grant.ts';
import type { TokenDeps } from './token-deps.ts';
import { grantIdOf, isOf } from './verify-own-access-token.ts';

/** Nothing that hangs on the grant is worth anything otherwise. */
export function isGood({ grant, user }: GrantStanding): boolean {
  return grant.revokedAt === undefined && user.status === 'active';
}

/**
 * What a genuine access token stands on, if that still carries it: one read. A closed session has revoked its grants;
 * one that is merely past ends what was not meant to outlive it.
 */
export async function standingOf(claims: AccessTokenClaims, { store, clock }: TokenDeps): Promise<GrantStanding | undefined> {
  const standing = await store.grants.findStanding(grantIdOf(claims.jti), clock.now());
  if (standing === undefined || !isOf(claims, standing.grant) || !isGood(standing)) return undefined;
  const isOffline = claims.scope.split(' ').includes('offline_access');
  return isOffline || standing.isSessionAlive ? standing : undefined;
}
