import { hash } from 'node:crypto';
import type { IdTokenClaims } from '@portico/contract';
import type { Client } from '../model/app.ts';
import type { Grant } from '../model/grant.ts';
import type { User } from '../model/user.ts';
import { claimNamesOf, userClaims } from './user-claims.ts';

export interface IdTokenContent {
  readonly grant: Grant;
  readonly client: Client;
  readonly user: User;
  readonly scopes: readonly string[];
  readonly accessToken: string;
  readonly issuer: string;
  readonly now: Date;
  /** Of the request; left out at refresh (OpenID Connect Core, section 12.2). */
  readonly nonce?: string | undefined;
}

/**
 * An ID token (OpenID Connect Core, section 2). Of the user it says nothing but the subject, unless it was asked for: by
 * scope, by the `claims` parameter, or as a default of the client.
 */
export function idTokenClaims({ grant, client, user, scopes, accessToken, issuer, now, nonce }: IdTokenContent): IdTokenClaims {
  const issuedAt = Math.floor(now.getTime() / 1_000);
  const asked = [...claimNamesOf(scopes), ...Object.keys(grant.claims.idToken), ...client.defaultClaims];
  return {
    ...userClaims(user, grant, asked),
    iss: issuer,
    sub: grant.userId,
    aud: client.id,
    exp: issuedAt + client.idTokenSeconds,
    iat: issuedAt,
    auth_time: Math.floor(grant.authenticatedAt.getTime() / 1_000),
    amr: grant.amr,
    acr: grant.acr,
    sid: grant.sessionId,
    at_hash: halfHash(accessToken),
    ...(nonce === undefined ? {} : { nonce }),
  };
}

/** OpenID Connect Core, section 3.1.3.6. Both of our algorithms hash with SHA-256. */
function halfHash(token: string): string {
  return hash('sha256', token, 'buffer').subarray(0, 16).toString('base64url');
}
