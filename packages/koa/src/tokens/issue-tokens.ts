import type { Client } from '../model/app.ts';
import type { AuditEvent } from '../model/audit-event.ts';
import type { Grant } from '../model/grant.ts';
import type { User } from '../model/user.ts';
import { accessTokenClaims, accessTokenSeconds } from './access-token-claims.ts';
import { idTokenClaims } from './id-token-claims.ts';
import type { TokenDeps } from './token-deps.ts';

/** What an exchange gives (RFC 6749, section 5.1; OpenID Connect Core, section 3.1.3.3). */
export interface TokenSet {
  readonly accessToken: string;
  readonly tokenType: 'Bearer';
  readonly expiresInSeconds: number;
  /** What was granted, which may be less than was asked for. */
  readonly scope: string;
  /** With the scope `openid`. */
  readonly idToken?: string;
  /** With the scope `offline_access`. */
  readonly refreshToken?: string;
}

export interface TokenIssue {
  readonly grant: Grant;
  readonly client: Client;
  readonly user: User;
  /** Of the grant, or fewer. */
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  readonly refreshToken?: string | undefined;
  readonly nonce?: string | undefined;
}

/** Signs the tokens of a grant. Outside of any transaction: signing takes its time. */
export async function issueTokens(issue: TokenIssue, { random, clock, signingKeys, issuer }: TokenDeps): Promise<TokenSet> {
  const { client, scopes, resources, refreshToken } = issue;
  const now = clock.now();
  const accessToken = await signingKeys.sign(
    accessTokenClaims({ ...issue, issuer, now, tokenId: random.id() }),
    { algorithm: 'ES256', typ: 'at+jwt' },
  );
  const idToken = scopes.includes('openid')
    ? await signingKeys.sign(idTokenClaims({ ...issue, accessToken, issuer, now }), { algorithm: client.idTokenAlgorithm, typ: 'JWT' })
    : undefined;
  return {
    accessToken,
    tokenType: 'Bearer',
    expiresInSeconds: accessTokenSeconds(client, resources),
    scope: scopes.join(' '),
    ...(idToken === undefined ? {} : { idToken }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  };
}

/** What the audit trail says of them: kept with what they rest on, before they are signed. */
export function tokensIssued({ userId, clientId, sessionId }: Grant, { appId }: Client, at: Date): AuditEvent {
  return { kind: 'tokens_issued', at, appId, clientId, userId, sessionId };
}
