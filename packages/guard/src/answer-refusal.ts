import type { ErrorCode, Problem } from '@portico/contract';
import type { Context } from 'koa';
import type { TokenError, TokenErrorCode } from './token-error.ts';

interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly title: string;
  /** RFC 6750, section 3.1; RFC 9470, section 3. Absent where nothing was sent, and where the fault is not the caller's. */
  readonly error?: 'invalid_request' | 'invalid_token' | 'insufficient_scope' | 'insufficient_user_authentication';
}

const refusals = {
  token_missing: { status: 401, code: 'unauthorized', title: 'An access token is needed.' },
  request_malformed: { status: 400, code: 'field_invalid', title: 'The Authorization header is malformed.', error: 'invalid_request' },
  token_invalid: { status: 401, code: 'unauthorized', title: 'The access token is not valid.', error: 'invalid_token' },
  token_expired: { status: 401, code: 'unauthorized', title: 'The access token is expired.', error: 'invalid_token' },
  grant_insufficient: { status: 403, code: 'unauthorized', title: 'The access token does not allow this.', error: 'insufficient_scope' },
  authentication_insufficient: { status: 401, code: 'unauthorized', title: 'A stronger or more recent sign-in is needed.', error: 'insufficient_user_authentication' },
  keys_unreachable: { status: 503, code: 'temporarily_unavailable', title: 'Access tokens cannot be checked right now.' },
} as const satisfies Record<TokenErrorCode, Refusal>;

/** As long as the cache waits before it asks the issuer again. */
const retryAfterSeconds = 5;

/** What of Koa's context an answer is written to. */
export type Answer = Pick<Context, 'set' | 'status' | 'body' | 'type'>;

/** Answers with a problem (RFC 9457) and the challenge of RFC 6750, section 3. Says the class of the fault, no cause. */
export function answerRefusal(ctx: Answer, error: TokenError, { realm, requestId }: { readonly realm: string; readonly requestId: string }): void {
  const refusal: Refusal = refusals[error.code];
  const isOurFault = refusal.status === 503;
  const problem: Problem = {
    type: 'about:blank',
    title: refusal.title,
    status: refusal.status,
    code: refusal.code,
    request_id: requestId,
    ...(isOurFault && { retry_after_seconds: retryAfterSeconds }),
    ...(error.code === 'request_malformed' && { errors: [{ path: 'authorization', code: 'field_invalid' as const }] }),
  };
  ctx.status = refusal.status;
  ctx.set('Cache-Control', 'no-store');
  if (isOurFault) ctx.set('Retry-After', String(retryAfterSeconds));
  else ctx.set('WWW-Authenticate', challenge(refusal, realm, error));
  ctx.body = JSON.stringify(problem);
  ctx.type = 'application/problem+json';
}

function challenge({ error, title }: Refusal, realm: string, { scopes, acrValues, maxAgeSeconds }: TokenError): string {
  const members = [`realm="${realm}"`];
  if (error !== undefined) members.push(`error="${error}"`, `error_description="${title}"`);
  if (error === 'insufficient_scope' && scopes.length > 0) members.push(`scope="${scopes.join(' ')}"`);
  if (acrValues.length > 0) members.push(`acr_values="${acrValues.join(' ')}"`);
  if (maxAgeSeconds !== undefined) members.push(`max_age="${maxAgeSeconds}"`);
  return `Bearer ${members.join(', ')}`;
}
