/**
 * The one closed list of error codes. Each has a status in the server (`http/http-status.ts`), a text in every locale
 * of the widget, and a line in `docs/errors.md`; the compiler asks for the first two, a test for the third.
 */
export const errorCodes = [
  // what was sent
  'body_malformed',
  'body_too_large',
  'field_unknown',
  'field_missing',
  'field_invalid',
  'field_too_long',
  'email_malformed',
  'phone_malformed',
  'identifier_malformed',
  'username_malformed',
  'username_taken',
  'not_found',
  'method_not_allowed',
  'origin_not_allowed',
  // the flow
  'client_unknown',
  'client_refused',
  'flow_unknown',
  'flow_expired',
  'flow_finished',
  'flow_busy',
  'action_not_allowed',
  'method_disabled',
  'sign_up_closed',
  // answers
  'code_wrong',
  'code_expired',
  'code_spent',
  'too_many_attempts',
  'resend_too_soon',
  'too_many_mails',
  // second factors
  'totp_wrong',
  'totp_spent',
  'recovery_code_wrong',
  'too_many_sms',
  'sms_unavailable',
  // links
  'link_unknown',
  'link_expired',
  'link_used',
  'link_replaced',
  'link_number_wrong',
  // passkeys
  'passkey_refused',
  'passkey_unknown',
  'passkey_expired',
  'passkey_exists',
  'passkey_not_allowed',
  // passwords
  'password_wrong',
  'password_refused',
  'password_too_short',
  'password_too_long',
  'password_guessable',
  'password_personal',
  'password_breached',
  'password_used_before',
  'password_lacks_lowercase',
  'password_lacks_uppercase',
  'password_lacks_digit',
  'password_lacks_symbol',
  // the profile
  'profile_refused',
  // providers
  'provider_unknown',
  'provider_cancelled',
  'provider_failed',
  'provider_misconfigured',
  'provider_answer_invalid',
  'provider_unreachable',
  'provider_expired',
  'provider_other_browser',
  'provider_account_refused',
  'provider_account_taken',
  // a user's own page
  'reauthentication_required',
  'contact_taken',
  'last_way_in',
  'last_second_factor',
  // authorization requests
  'request_uri_invalid',
  'redirect_uri_unregistered',
  'authorization_request_invalid',
  // the rest
  'puzzle_required',
  'rate_limited',
  'unauthorized',
  'temporarily_unavailable',
  'internal',
] as const;

/** One of the error codes. */
export type ErrorCode = (typeof errorCodes)[number];
