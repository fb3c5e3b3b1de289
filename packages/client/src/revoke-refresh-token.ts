import { tokenRevocation } from 'openid-client';
import type { IssuerDeps } from './exchange-refresh-token.ts';
import { SignInError } from './sign-in-error.ts';

/** Ends a refresh token at the issuer (RFC 7009), if it can be reached and knows how. */
export async function revokeRefreshToken(refreshToken: string, { settings, issuer }: IssuerDeps): Promise<void> {
  try {
    await issuer.call(async (configuration) => {
      if (configuration.serverMetadata().revocation_endpoint === undefined) return;
      await tokenRevocation(configuration, refreshToken, { token_type_hint: 'refresh_token' });
    });
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    settings.log.warn('revocation_failed', { code: error.code, error: error.error });
  }
}
