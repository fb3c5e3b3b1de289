/** Error codes of RFC 6749, OpenID Connect Core, RFC 8707, RFC 6750 and RFC 9470, as far as we answer with them. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'invalid_target'
  | 'invalid_token'
  | 'insufficient_scope'
  | 'access_denied'
  | 'server_error'
  | 'temporarily_unavailable'
  | 'login_required'
  | 'interaction_required'
  | 'consent_required'
  | 'account_selection_required'
  | 'invalid_request_uri'
  | 'request_not_supported'
  | 'request_uri_not_supported'
  | 'registration_not_supported'
  | 'unmet_authentication_requirements'
  | 'insufficient_user_authentication';

/** What may go with a refusal. */
export interface OAuthErrorOptions extends ErrorOptions {
  readonly members?: Readonly<Record<string, string | number>>;
}

/** A refusal in the form of an OAuth endpoint. `description` helps a developer and tells nothing about users. */
export class OAuthError extends Error {
  readonly error: OAuthErrorCode;
  readonly description: string;
  /** What else the answer says, for the caller to go on with. */
  readonly members: Readonly<Record<string, string | number>>;

  constructor(error: OAuthErrorCode, description: string, { members = {}, ...options }: OAuthErrorOptions = {}) {
    super(`${error}: ${description}`, options);
    this.name = 'OAuthError';
    this.error = error;
    this.description = description;
    this.members = members;
  }
}
