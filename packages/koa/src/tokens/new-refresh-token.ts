import type { Client } from '../model/app.ts';
import type { Grant, RefreshToken } from '../model/grant.ts';
import { refreshTokenEnd } from '../model/refresh-life.ts';
import type { TokenDeps } from './token-deps.ts';

/** A refresh token before it is stored, and its secret, which is not. */
export interface NewRefreshToken {
  readonly secret: string;
  readonly record: RefreshToken;
}

/**
 * Makes a refresh token of a grant. It lives until it was idle too long, and never longer than the grant's first one
 * could (RFC 9700, section 4.14.2): rotation does not stretch a grant.
 */
export function newRefreshToken(
  grant: Grant,
  { client, parent }: { readonly client: Client; readonly parent?: RefreshToken },
  { vault, random, clock }: Pick<TokenDeps, 'vault' | 'random' | 'clock'>,
): NewRefreshToken {
  const now = clock.now();
  const secret = random.secret();
  return {
    secret,
    record: {
      digest: vault.digest('refresh-token', secret),
      grantId: grant.id,
      clientId: grant.clientId,
      ...(parent === undefined ? {} : { parentDigest: parent.digest }),
      createdAt: now,
      expiresAt: refreshTokenEnd(grant, client, now),
    },
  };
}
