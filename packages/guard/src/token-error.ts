/**
 * Why a request was not let through. All but the last are verdicts about what the caller sent; `keys_unreachable` is a
 * fault of ours or of the issuer, and says nothing about the token.
 */
export type TokenErrorCode =
  | 'token_missing'
  | 'request_malformed'
  | 'token_invalid'
  | 'token_expired'
  | 'grant_insufficient'
  | 'authentication_insufficient'
  | 'keys_unreachable';

interface TokenErrorOptions extends ErrorOptions {
  readonly scopes?: readonly string[];
  readonly acrValues?: readonly string[];
  readonly maxAgeSeconds?: number | undefined;
}

/**
 * Thrown by `verifyAccessToken`, `checkGrants` and the check of `acr` and `auth_time`, and answered by `guard`.
 *
 * `message` and `cause` say what was wrong and are for the operator's log; a caller is told the code's class only.
 */
export class TokenError extends Error {
  readonly code: TokenErrorCode;
  /** With `grant_insufficient`: the scopes that the route asks for. */
  readonly scopes: readonly string[];
  /** With `authentication_insufficient`: the levels of which the route asks for one. */
  readonly acrValues: readonly string[];
  /** With `authentication_insufficient`: the oldest proof that the route takes, where it says so. */
  readonly maxAgeSeconds: number | undefined;

  constructor(code: TokenErrorCode, message: string, options: TokenErrorOptions = {}) {
    super(message, options);
    this.name = 'TokenError';
    this.code = code;
    this.scopes = options.scopes ?? [];
    this.acrValues = options.acrValues ?? [];
    this.maxAgeSeconds = options.maxAgeSeconds;
  }
}
