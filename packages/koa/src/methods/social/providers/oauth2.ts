import type { Fields, Profile, Provider } from '../provider.ts';
import { ProviderRefusal } from '../refusal.ts';
import { askingFor, bySecret, clientOptions, complete, secretInBody, secretInHeader, type ProviderClientOptions } from './client-options.ts';
import { saysYes } from './open-id-profile.ts';

/** Which fields of a flat profile say what. */
export interface Oauth2ProfileFields {
  readonly subject?: string;
  readonly email?: string;
  readonly isEmailVerified?: string;
  readonly name?: string;
  readonly givenName?: string;
  readonly familyName?: string;
}

/** What a host reads from a profile whose fields lie deeper. What is no text, and a flag that is not `true`, counts as absent. */
export interface Oauth2Profile {
  readonly subject: unknown;
  readonly email?: unknown;
  readonly isEmailVerified?: unknown;
  readonly name?: unknown;
  readonly givenName?: unknown;
  readonly familyName?: unknown;
}

/** Any OAuth 2.0 provider, as far as a host must know it. `Body` is its profile, as the host reads it. */
export interface Oauth2Options<Body extends object = Fields> extends ProviderClientOptions {
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
   * Fields of the profile, or a function that reads them from wherever they are. `subject` must be the account's unchanging
   * name, not an address; without `isEmailVerified` no address is believed. Whoever the function throws for is not let in.
   *
   * @default {subject: 'sub', email: 'email', isEmailVerified: 'email_verified', name: 'name', givenName: 'given_name', familyName: 'family_name'}
   * @example
   * ```ts
   * profile: ({ data }: { data: { id: string; mail: string } }) => ({ subject: data.id, email: data.mail })
   * ```
   */
  readonly profile?: Oauth2ProfileFields | ((body: Body) => Oauth2Profile);
  /** Further parameters of its authorization endpoint. */
  readonly parameters?: Readonly<Record<string, string>>;
}

const known = {
  ...clientOptions, authorizationEndpoint: true, tokenEndpoint: true, profileEndpoint: true, scope: true, issuer: true, authentication: true, profile: true, parameters: true,
} as const;

/** Any OAuth 2.0 provider, by its endpoints. */
export function oauth2<Body extends object = Fields>(given: Oauth2Options<Body>): Provider {
  const options = complete(given, { provider: 'oauth2', needed: bySecret, known });
  const { id, name, clientId, authorizationEndpoint, tokenEndpoint, scope, parameters, profile = {}, authentication = 'client_secret_basic' } = options;
  return {
    id, name, clientId,
    ...askingFor(options, scope),
    issuer: options.issuer ?? new URL(authorizationEndpoint).origin,
    whereabouts: { authorizationEndpoint, tokenEndpoint },
    authenticate: authentication === 'client_secret_basic' ? secretInHeader(options) : secretInBody(options),
    ...(parameters === undefined ? {} : { parameters }),
    hasNonce: false,
    readProfile: async ({ read }) => {
      const body = await read(options.profileEndpoint);
      return typeof profile === 'function' ? readBy(profile, body as Body) : readFields(profile, body as Fields);
    },
  };
}

function readFields(fields: Oauth2ProfileFields, body: Fields): Profile {
  const field = { subject: 'sub', email: 'email', isEmailVerified: 'email_verified', name: 'name', givenName: 'given_name', familyName: 'family_name', ...fields };
  return { subject: body[field.subject], email: body[field.email], isEmailVerified: saysYes(body[field.isEmailVerified]), name: body[field.name], givenName: body[field.givenName], familyName: body[field.familyName] };
}

/** The provider may answer with anything, so that what the host expects may not be there. */
function readBy<Body extends object>(read: (body: Body) => Oauth2Profile, body: Body): Profile {
  try {
    const { subject, email, isEmailVerified, name, givenName, familyName } = read(body);
    return { subject, email, isEmailVerified: saysYes(isEmailVerified), name, givenName, familyName };
  } catch (cause) {
    throw new ProviderRefusal('provider_answer_invalid', 'profile_unreadable', { cause });
  }
}
