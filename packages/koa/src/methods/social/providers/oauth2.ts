import type { Fields, Provider } from '../provider.ts';
import { askingFor, completeClient, secretInBody, secretInHeader, type ProviderClientOptions } from './client-options.ts';
import { saysYes } from './open-id-profile.ts';

/** Any OAuth 2.0 provider, as far as a host must know it. */
export interface Oauth2Options extends ProviderClientOptions {
  readonly id: string;
  readonly name: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  /** Answers with JSON about the person whose access token it is given. */
  readonly profileEndpoint: string;
  readonly scope: string;
  /** The namespace of its subjects, and its `iss` if it sends one (RFC 9207). @default the origin of the authorization endpoint */
  readonly issuer?: string;
  /** @default 'client_secret_basic' */
  readonly authentication?: 'client_secret_basic' | 'client_secret_post';
  /**
   * Fields of the profile. `subject` must be the account's unchanging name, not an address; without `isEmailVerified` no
   * address is believed.
   *
   * @default {subject: 'sub', email: 'email', isEmailVerified: 'email_verified', name: 'name'}
   */
  readonly profile?: { readonly subject?: string; readonly email?: string; readonly isEmailVerified?: string; readonly name?: string };
  /** Further parameters of its authorization endpoint. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Any OAuth 2.0 provider, by its endpoints. */
export function oauth2(given: Oauth2Options): Provider {
  const options = completeClient(given, 'oauth2');
  const { id, name, clientId, authorizationEndpoint, tokenEndpoint, scope, parameters, authentication = 'client_secret_basic' } = options;
  const field = { subject: 'sub', email: 'email', isEmailVerified: 'email_verified', name: 'name', ...options.profile };
  return {
    id, name, clientId,
    ...askingFor(options, scope),
    issuer: options.issuer ?? new URL(authorizationEndpoint).origin,
    whereabouts: { authorizationEndpoint, tokenEndpoint },
    authenticate: authentication === 'client_secret_basic' ? secretInHeader(options) : secretInBody(options),
    ...(parameters === undefined ? {} : { parameters }),
    hasNonce: false,
    readProfile: async ({ read }) => {
      const profile = (await read(options.profileEndpoint)) as Fields;
      return { subject: profile[field.subject], email: profile[field.email], isEmailVerified: saysYes(profile[field.isEmailVerified]), name: profile[field.name] };
    },
  };
}
