import { refreshTokenGrant } from 'openid-client';
import { createClientSession, type ClientSession } from './client-session.ts';
import { expiryOf } from './finish-attempt.ts';
import type { Issuer } from './issuer.ts';
import type { Settings } from './options.ts';
import { SignInError } from './sign-in-error.ts';

export interface IssuerDeps {
  readonly settings: Settings;
  readonly issuer: Issuer;
}

/**
 * The session with what its refresh token gives (RFC 6749, section 6).
 *
 * @throws {SignInError} with `error: 'invalid_grant'` if the issuer no longer takes the token.
 */
export async function exchangeRefreshToken(session: ClientSession, refreshToken: string, deps: IssuerDeps): Promise<ClientSession> {
  const { options, clock } = deps.settings;
  const parameters = options.resource === undefined ? {} : { resource: options.resource };
  const tokens = await deps.issuer.call((configuration) => refreshTokenGrant(configuration, refreshToken, parameters));
  const claims = tokens.claims();
  // A new ID token is of the same user (OpenID Connect Core, section 12.2), or it is not for this session.
  if (claims !== undefined && claims.sub !== session.user.sub) throw new SignInError('answer_invalid', { detail: 'another user' });
  return createClientSession({
    ...session,
    user: { ...session.user, ...claims },
    accessToken: tokens.access_token,
    accessTokenExpiresAt: expiryOf(tokens, clock.now()),
    refreshToken: tokens.refresh_token ?? refreshToken,
    idToken: tokens.id_token ?? session.idToken,
  });
}
