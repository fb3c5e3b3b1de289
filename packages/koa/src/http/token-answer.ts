import type { BackendTokens } from '@portico/contract';
import type { TokenSet } from '../tokens/issue-tokens.ts';

/** A token set as it travels (RFC 6749, section 5.1; OpenID Connect Core, section 3.1.3.3). */
export function tokenAnswer({ accessToken, tokenType, expiresInSeconds, scope, idToken, refreshToken }: TokenSet): BackendTokens {
  return {
    access_token: accessToken,
    token_type: tokenType,
    expires_in: expiresInSeconds,
    scope,
    ...(idToken === undefined ? {} : { id_token: idToken }),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
  };
}
