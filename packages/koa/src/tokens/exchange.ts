import type { Client } from '../model/app.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { exchangeCode, type CodeExchange } from './exchange-code.ts';
import { exchangeRefreshToken, type RefreshExchange } from './exchange-refresh-token.ts';
import type { TokenSet } from './issue-tokens.ts';
import type { TokenDeps } from './token-deps.ts';

/** A token request of an authenticated client. */
export interface Exchange extends CodeExchange, RefreshExchange {
  readonly grantType?: string | undefined;
}

/** What `grant_type` may be. Passwords and the implicit grant do not exist here (RFC 9700, sections 2.1.2 and 2.4). */
export const grantTypes = ['authorization_code', 'refresh_token'] as const;

/**
 * Exchanges a code or a refresh token for tokens (RFC 6749, section 3.2).
 *
 * @throws {OAuthError} `unsupported_grant_type`, and what the two exchanges throw.
 */
export async function exchange(request: Exchange, client: Client, deps: TokenDeps): Promise<TokenSet> {
  switch (request.grantType) {
    case 'authorization_code': return exchangeCode(request, client, deps);
    case 'refresh_token': return exchangeRefreshToken(request, client, deps);
    case undefined: throw new OAuthError('invalid_request', 'grant_type is missing');
    default: throw new OAuthError('unsupported_grant_type', `grant_type must be one of ${grantTypes.join(', ')}`);
  }
}
