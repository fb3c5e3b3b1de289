import type { ErrorCode } from '@portico/contract';
import { AuthorizationResponseError, ClientError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';

/** What a person is told of an answer that led to nothing. */
export type RefusalCode = Extract<ErrorCode, 'provider_cancelled' | 'provider_failed' | 'provider_misconfigured' | 'provider_answer_invalid' | 'provider_unreachable'>;

/** Why a provider's answer leads to nobody. `reason` is for the audit trail. */
export class ProviderRefusal extends Error {
  readonly code: RefusalCode;
  readonly reason: string;

  constructor(code: RefusalCode, reason: string, options?: ErrorOptions) {
    super(`${code}: ${reason}`, options);
    this.name = 'ProviderRefusal';
    this.code = code;
    this.reason = reason;
  }
}

export const raise = (refusal: ProviderRefusal): never => {
  throw refusal;
};

/** The person said no, or closed the provider's page. Apple and LinkedIn have words of their own for it. */
const cancelled = new Set(['access_denied', 'user_cancelled_authorize', 'user_cancelled_login', 'user_cancelled', 'interaction_required', 'consent_required']);
const passing = new Set(['temporarily_unavailable', 'server_error']);
/**
 * What the host alone can mend, for nothing of it comes from the person: which client we are there, where it may be answered,
 * and what it may ask for. The last two lines are words of GitHub, LinkedIn and TikTok.
 */
const misconfigured = new Set([
  'invalid_client', 'unauthorized_client', 'invalid_request', 'invalid_scope', 'insufficient_scope', 'unsupported_response_type', 'unsupported_grant_type', 'redirect_uri_mismatch',
  'incorrect_client_credentials', 'application_suspended', 'unauthorized_scope_error', 'scope_not_authorized', 'scope_permission_missed',
]);

/** A word of a provider's that may stand in our audit trail: of the shape that error codes have (RFC 6749, section 4.1.2.1). */
function wordOf(text: string): string {
  return /^[\w.-]{1,64}$/.test(text) ? text : 'unreadable';
}

/** What the person is told of an error that a provider named (RFC 6749, sections 4.1.2.1 and 5.2). */
export function refusalNamed(error: string, cause?: unknown): ProviderRefusal {
  return cancelled.has(error) ? new ProviderRefusal('provider_cancelled', error, { cause }) : refusalUncancelled(error, cause);
}

/** The same where nobody can have cancelled: the provider's pages are behind. */
function refusalUncancelled(error: string, cause: unknown): ProviderRefusal {
  if (passing.has(error)) return new ProviderRefusal('provider_unreachable', error, { cause });
  return new ProviderRefusal(misconfigured.has(error) ? 'provider_misconfigured' : 'provider_failed', wordOf(error), { cause });
}

/** What the libraries below throw, as a refusal. What is no answer of the provider's is a fault of ours, and is thrown on. */
export function refusalOf(thrown: unknown): ProviderRefusal {
  for (let fault: unknown = thrown; fault instanceof Error; fault = fault.cause) {
    if (fault instanceof ProviderRefusal) return fault;
    if (fault instanceof AuthorizationResponseError) return refusalNamed(fault.error, thrown);
    if (fault instanceof ResponseBodyError) return refusalUncancelled(fault.error, thrown);
  }
  if (thrown instanceof WWWAuthenticateChallengeError) return new ProviderRefusal('provider_failed', 'challenge', { cause: thrown });
  if (thrown instanceof ClientError) return new ProviderRefusal('provider_answer_invalid', (thrown.code ?? 'unreadable').toLowerCase(), { cause: thrown });
  throw thrown;
}

/**
 * The same of the token endpoint. Its 401 says that it does not know the client (RFC 6749, section 5.2), whatever the body
 * says; one with a header of its own is never read as far as the body.
 */
export function tokenRefusalOf(thrown: unknown): ProviderRefusal {
  const { cause } = thrown instanceof Error ? thrown : {};
  const isUnknownClient = thrown instanceof WWWAuthenticateChallengeError || (thrown instanceof ClientError && cause instanceof Response && cause.status === 401);
  return isUnknownClient ? new ProviderRefusal('provider_misconfigured', 'invalid_client', { cause: thrown }) : refusalOf(thrown);
}
