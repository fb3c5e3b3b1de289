import type { Provider } from '../provider.ts';
import { askingFor, bySecret, clientOptions, complete, secretInBody, secretInHeader, type ProviderClientOptions } from './client-options.ts';
import { readOpenIdProfile } from './open-id-profile.ts';

/** Any OpenID issuer, as far as a host must know it. */
export interface OidcOptions extends ProviderClientOptions {
  readonly id: string;
  readonly name: string;
  /** As it names itself: `{issuer}/.well-known/openid-configuration` must be there and say the same. */
  readonly issuer: string;
  /** @default 'openid email profile' */
  readonly scope?: string;
  /** @default 'client_secret_basic' */
  readonly authentication?: 'client_secret_basic' | 'client_secret_post';
  /** Whether its `email_verified` is to be believed. @default true */
  readonly isEmailTrusted?: boolean;
  /** Further parameters of its authorization endpoint, such as `prompt` or `domain_hint`. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Any OpenID issuer, by its discovery document. */
export function oidc(given: OidcOptions): Provider {
  const options = complete(given, { provider: 'oidc', needed: bySecret, known: { ...clientOptions, issuer: true, scope: true, authentication: true, isEmailTrusted: true, parameters: true } });
  const { id, name, clientId, issuer, scope = 'openid email profile', authentication = 'client_secret_basic', isEmailTrusted = true, parameters } = options;
  return {
    id, name, clientId, issuer,
    ...askingFor(options, scope),
    whereabouts: { discovery: issuer },
    authenticate: authentication === 'client_secret_basic' ? secretInHeader(options) : secretInBody(options),
    ...(parameters === undefined ? {} : { parameters }),
    hasNonce: true,
    readProfile: async (answered) => {
      const profile = await readOpenIdProfile(answered);
      return { ...profile, isEmailVerified: isEmailTrusted && profile.isEmailVerified };
    },
  };
}
