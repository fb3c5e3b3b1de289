/**
 * Why a request was not let through. The first five are verdicts about what the caller sent; `keys_unreachable` is a
 * fault of ours or of the issuer, and says nothing about the token.
 */
export type TokenErrorCode =
  | 'token_missing'
  | 'request_malformed'
  | 'token_invalid'
  | 'token_expired'
  | 'grant_insufficient'
  | 'keys_unreachable';

/**
 * Thrown by `verifyAccessToken` and `checkGrants`, and answered by `guard`.
 *
 * `message` and `cause` say what was wrong and are for the operator's log; a caller is told the code's class only.
 */
export class TokenError extends Error {
  readonly code: TokenErrorCode;
  /** With `grant_insufficient`: the scopes that the route asks for. */
  readonly scopes: readonly string[];

  constructor(code: TokenErrorCode, message: string, options: ErrorOptions & { readonly scopes?: readonly string[] } = {}) {
    super(message, options);
    this.name = 'TokenError';
    this.code = code;
    this.scopes = options.scopes ?? [];
  }
}
