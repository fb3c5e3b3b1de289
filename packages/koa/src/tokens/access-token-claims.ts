import type { AccessTokenClaims } from '@portico/contract';
import type { Client } from '../model/app.ts';
import type { Grant } from '../model/grant.ts';
import { jtiOf } from './verify-own-access-token.ts';

export interface AccessTokenContent {
  readonly grant: Grant;
  readonly client: Client;
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  readonly issuer: string;
  readonly now: Date;
  readonly tokenId: string;
}

/**
 * An access token (RFC 9068, section 2.2). `aud` is exactly the resources that were asked for, or ourselves; never all
 * (RFC 8707, section 2.2).
 */
export function accessTokenClaims(content: AccessTokenContent): AccessTokenClaims {
  const { grant, client, scopes, resources, issuer, now, tokenId } = content;
  const issuedAt = Math.floor(now.getTime() / 1_000);
  const [first, ...others] = resources;
  return {
    iss: issuer,
    sub: grant.userId,
    aud: first === undefined ? issuer : others.length === 0 ? first : resources,
    exp: issuedAt + accessTokenSeconds(client, resources),
    iat: issuedAt,
    jti: jtiOf(grant.id, tokenId),
    client_id: client.id,
    scope: scopes.join(' '),
    auth_time: Math.floor(grant.authenticatedAt.getTime() / 1_000),
    acr: grant.acr,
    amr: grant.amr,
    sid: grant.sessionId,
  };
}

/** A resource says how long its tokens live; of several, the shortest life counts. */
export function accessTokenSeconds(client: Client, resources: readonly string[]): number {
  const spans = client.resources.filter(({ uri }) => resources.includes(uri)).map((resource) => resource.accessTokenSeconds);
  return spans.length === 0 ? client.accessTokenSeconds : Math.min(...spans);
}
