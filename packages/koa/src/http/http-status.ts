import type { ErrorCode } from '@portico/contract';
import type { OAuthErrorCode } from '../model/oauth-error.ts';

/** The status of each error code, complete: a code without one does not compile. */
export const httpStatus = {
  body_malformed: 400,
  body_too_large: 413,
  field_unknown: 400,
  field_missing: 400,
  field_invalid: 400,
  email_malformed: 422,
  not_found: 404,
  method_not_allowed: 405,
  origin_not_allowed: 403,
  client_unknown: 400,
  flow_unknown: 401,
  flow_expired: 410,
  flow_finished: 409,
  flow_busy: 409,
  action_not_allowed: 409,
  method_disabled: 403,
  sign_up_closed: 403,
  code_wrong: 422,
  code_expired: 422,
  code_spent: 422,
  too_many_attempts: 429,
  resend_too_soon: 429,
  too_many_mails: 429,
  totp_wrong: 422,
  totp_spent: 422,
  recovery_code_wrong: 422,
  link_unknown: 404,
  link_expired: 410,
  link_used: 410,
  link_replaced: 410,
  link_number_wrong: 422,
  passkey_refused: 422,
  passkey_unknown: 422,
  passkey_expired: 422,
  passkey_exists: 409,
  passkey_not_allowed: 422,
  password_wrong: 422,
  password_refused: 422,
  password_too_short: 422,
  password_too_long: 422,
  password_guessable: 422,
  password_personal: 422,
  password_lacks_lowercase: 422,
  password_lacks_uppercase: 422,
  password_lacks_digit: 422,
  password_lacks_symbol: 422,
  request_uri_invalid: 400,
  redirect_uri_unregistered: 400,
  authorization_request_invalid: 400,
  rate_limited: 429,
  unauthorized: 401,
  temporarily_unavailable: 503,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;

/** The status of an OAuth endpoint's refusal (RFC 6749, section 5.2; RFC 6750, section 3.1). */
export function oauthStatus(error: OAuthErrorCode): number {
  switch (error) {
    case 'invalid_client':
    case 'invalid_token':
      return 401;
    case 'insufficient_scope':
      return 403;
    case 'server_error':
      return 500;
    case 'temporarily_unavailable':
      return 503;
    default:
      return 400;
  }
}

/** What a person who reads an error body is told. The widget has its own words, by code. */
export const errorTitles = {
  body_malformed: 'The body is not what its content type says.',
  body_too_large: 'The body is too large.',
  field_unknown: 'The body has a field that is not known here.',
  field_missing: 'The body lacks a field.',
  field_invalid: 'A field has a value that is not allowed.',
  email_malformed: 'This is not an e-mail address.',
  not_found: 'There is nothing here.',
  method_not_allowed: 'This address does not take this HTTP method.',
  origin_not_allowed: 'Pages of this origin may not call this client. Register the origin with the client.',
  client_unknown: 'No client of this name is registered.',
  flow_unknown: 'The flow handle is missing or not known.',
  flow_expired: 'This took too long. Start again.',
  flow_finished: 'This flow has ended already.',
  flow_busy: 'Another action of this flow was faster. Try again.',
  action_not_allowed: 'This action is not allowed at this step.',
  method_disabled: 'This method is switched off for this app.',
  sign_up_closed: 'This app does not take new users.',
  code_wrong: 'The code is wrong.',
  code_expired: 'The code is too old. Ask for a new one.',
  code_spent: 'The code no longer counts. Ask for a new one.',
  too_many_attempts: 'Too many wrong answers. Wait before you try again.',
  resend_too_soon: 'A mail was sent a moment ago. Wait before you ask for another.',
  too_many_mails: 'Too many mails were sent to this address. Wait before you ask for another.',
  totp_wrong: 'The digits are not those that the authenticator app shows.',
  totp_spent: 'These digits were used already. Wait for the next ones.',
  recovery_code_wrong: 'This is no recovery code of this user, or it was used already.',
  link_unknown: 'This link is not known.',
  link_expired: 'This link is too old.',
  link_used: 'This link was used already.',
  link_replaced: 'A newer mail was sent; its link counts.',
  link_number_wrong: 'The number is not the one on the other screen.',
  passkey_refused: 'The passkey was not accepted.',
  passkey_unknown: 'This passkey is not known here.',
  passkey_expired: 'The question for a passkey is too old. Try again.',
  passkey_exists: 'This passkey is known already.',
  passkey_not_allowed: 'Passkeys of this kind are not accepted here.',
  password_wrong: 'The address and the password do not go together.',
  password_refused: 'The password breaks rules of this app.',
  password_too_short: 'The password is too short.',
  password_too_long: 'The password is too long.',
  password_guessable: 'The password is too easy to guess.',
  password_personal: 'The password is made of the address or of the name of the app.',
  password_lacks_lowercase: 'The password has no lowercase letter.',
  password_lacks_uppercase: 'The password has no uppercase letter.',
  password_lacks_digit: 'The password has no digit.',
  password_lacks_symbol: 'The password has no character beside letters and digits.',
  request_uri_invalid: 'The request_uri is unknown, expired or used.',
  redirect_uri_unregistered: 'The redirect URI is not registered for this client.',
  authorization_request_invalid: 'The authorization request is not valid.',
  rate_limited: 'Too many requests. Wait before you try again.',
  unauthorized: 'Sign in first.',
  temporarily_unavailable: 'The service cannot answer right now. Try again soon.',
  internal: 'Something went wrong on our side.',
} as const satisfies Record<ErrorCode, string>;
