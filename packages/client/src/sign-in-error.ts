import { AuthorizationResponseError, ClientError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';

/**
 * Why a sign-in did not end in a session.
 *
 * - `attempt_unknown`: this browser has no such attempt: used, older than an hour, or begun elsewhere. 400
 * - `sign_in_refused`: the issuer said no; `error` is its word (`access_denied`, `login_required` …). 403
 * - `answer_invalid`: what came back does not belong to the attempt or is not the issuer's (`iss`, `nonce`, signature). 400
 * - `issuer_unreachable`: the network, a timeout, or the issuer's own fault. Trying again may help. 503
 * - `issuer_refuses_client`: the issuer does not take this client: its id, secret, redirect URI or scope is wrong. 500
 * - `session_too_large`: the tokens do not fit in cookies; give a `store`. 500
 */
export type SignInErrorCode =
  | 'attempt_unknown'
  | 'sign_in_refused'
  | 'answer_invalid'
  | 'issuer_unreachable'
  | 'issuer_refuses_client'
  | 'session_too_large';

const statuses = {
  attempt_unknown: 400,
  sign_in_refused: 403,
  answer_invalid: 400,
  issuer_unreachable: 503,
  issuer_refuses_client: 500,
  session_too_large: 500,
} as const satisfies Record<SignInErrorCode, number>;

/**
 * Thrown within a sign-in, and by `ctx.state.accessToken()` (`issuer_unreachable` only). `status` is what Koa answers if
 * nobody catches it; `error` is the issuer's own code. Neither message nor fields carry a secret.
 */
export class SignInError extends Error {
  readonly code: SignInErrorCode;
  readonly status: number;
  readonly error: string | undefined;

  constructor(code: SignInErrorCode, options: ErrorOptions & { readonly error?: string | undefined; readonly detail?: string } = {}) {
    super(options.detail ?? code, options);
    this.name = 'SignInError';
    this.code = code;
    this.status = statuses[code];
    this.error = options.error;
  }
}

/** What openid-client says where it got an answer, but none of an OpenID issuer: a proxy's page, a gateway's 502. */
const notAnIssuersAnswer = new Set([
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
]);

/** Foreign errors become ours here and nowhere else. What is no fault of the issuer or the network stays as it is. */
export function translateFault(cause: unknown): unknown {
  if (cause instanceof AuthorizationResponseError) return refusedBy(cause.error, cause);
  if (cause instanceof ResponseBodyError) {
    const isItsOwnFault = cause.status >= 500 || cause.status === 429;
    return isItsOwnFault ? unreachable(cause) : new SignInError(codeOf(cause.error), { cause, error: cause.error });
  }
  if (cause instanceof WWWAuthenticateChallengeError) return new SignInError('issuer_refuses_client', { cause });
  if (cause instanceof ClientError) {
    const isUnreachable = cause.code === undefined || notAnIssuersAnswer.has(cause.code);
    return isUnreachable ? unreachable(cause) : new SignInError('answer_invalid', { cause, error: cause.code });
  }
  // fetch throws a TypeError of one of these texts for every fault of the network. Any other is a mistake of ours.
  const isOfTheNetwork = cause instanceof TypeError && /^(fetch failed|terminated)$/.test(cause.message);
  return isOfTheNetwork ? unreachable(cause) : cause;
}

/** `temporarily_unavailable` and `server_error` are no refusals (RFC 6749, section 4.1.2.1). */
function refusedBy(error: string, cause: unknown): SignInError {
  const isItsOwnFault = error === 'temporarily_unavailable' || error === 'server_error';
  return isItsOwnFault ? unreachable(cause) : new SignInError('sign_in_refused', { cause, error });
}

/** A code that the issuer no longer takes is the browser's affair; every other refusal of a back-channel call is ours. */
function codeOf(error: string): SignInErrorCode {
  return error === 'invalid_grant' ? 'attempt_unknown' : 'issuer_refuses_client';
}

const unreachable = (cause: unknown): SignInError => new SignInError('issuer_unreachable', { cause });
