import { paths } from '@portico/contract';
import { grantTypes } from './exchange.ts';
import { signingAlgorithms } from './signing-keys.ts';
import { userClaimNames } from './user-claims.ts';

const secretAuthentications = ['client_secret_basic', 'client_secret_post'];
const clientAuthentications = [...secretAuthentications, 'none'];
const protocolClaims = ['iss', 'sub', 'aud', 'exp', 'iat', 'auth_time', 'amr', 'acr', 'nonce', 'sid', 'at_hash'];

export interface MetadataContent {
  readonly issuer: string;
  /** BCP 47 tags of the sign-in page. Left out if there are none. */
  readonly languages?: readonly string[];
}

/** The one document for OpenID Connect Discovery 1.0, section 3, and RFC 8414, section 2. Members of our own are not in it. */
export type ServerMetadata = Readonly<Record<string, string | boolean | readonly string[]>>;

/** What a client needs to know of us. Everything in it comes from configuration, nothing from the request. */
export function serverMetadata({ issuer, languages = [] }: MetadataContent): ServerMetadata {
  return {
    issuer,
    ...endpointsOf(issuer),
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: grantTypes,
    subject_types_supported: ['public'],
    scopes_supported: ['openid', 'profile', 'email', 'phone', 'offline_access'],
    claims_supported: [...protocolClaims, ...userClaimNames],
    claims_parameter_supported: true,
    id_token_signing_alg_values_supported: signingAlgorithms,
    token_endpoint_auth_methods_supported: clientAuthentications,
    revocation_endpoint_auth_methods_supported: clientAuthentications,
    introspection_endpoint_auth_methods_supported: secretAuthentications,
    code_challenge_methods_supported: ['S256'],
    prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
    acr_values_supported: ['phr', 'mfa', 'single'],
    // The default of the second is true (OpenID Connect Discovery, section 3).
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    require_pushed_authorization_requests: false,
    authorization_response_iss_parameter_supported: true,
    ...(languages.length === 0 ? {} : { ui_locales_supported: languages }),
  };
}

function endpointsOf(issuer: string): Readonly<Record<string, string>> {
  const below = (path: string): string => `${issuer.replace(/\/$/u, '')}${path}`;
  return {
    authorization_endpoint: below(paths.authorize),
    token_endpoint: below(paths.token),
    userinfo_endpoint: below(paths.userinfo),
    jwks_uri: below(paths.jwks),
    pushed_authorization_request_endpoint: below(paths.par),
    revocation_endpoint: below(paths.revoke),
    introspection_endpoint: below(paths.introspect),
    end_session_endpoint: below(paths.logout),
  };
}
