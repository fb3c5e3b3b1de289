import type { ErrorCode } from '@portico/contract';
import { AuthorizationResponseError, ClientError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';

/** What a person is told of an answer that led to nothing. */
export type RefusalCode = Extract<ErrorCode, 'provider_cancelled' | 'provider_failed' | 'provider_answer_invalid' | 'provider_unreachable'>;

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

/** The person said no, or closed the provider's page. Apple and LinkedIn have words of their own for it. */
const cancelled = new Set(['access_denied', 'user_cancelled_authorize', 'user_cancelled_login', 'user_cancelled', 'interaction_required', 'consent_required']);
const passing = new Set(['temporarily_unavailable', 'server_error']);

/** A word of a provider's that may stand in our audit trail: of the shape that error codes have (RFC 6749, section 4.1.2.1). */
function wordOf(text: string): string {
  return /^[\w.-]{1,64}$/.test(text) ? text : 'unreadable';
}

/** What the person is told of an error that a provider named (RFC 6749, sections 4.1.2.1 and 5.2). */
export function refusalNamed(error: string, cause?: unknown): ProviderRefusal {
  if (cancelled.has(error)) return new ProviderRefusal('provider_cancelled', error, { cause });
  return new ProviderRefusal(passing.has(error) ? 'provider_unreachable' : 'provider_failed', wordOf(error), { cause });
}

/** What the libraries below throw, as a refusal. What is no answer of the provider's is a fault of ours, and is thrown on. */
export function refusalOf(thrown: unknown): ProviderRefusal {
  for (let fault: unknown = thrown; fault instanceof Error; fault = fault.cause) {
    if (fault instanceof ProviderRefusal) return fault;
    if (fault instanceof AuthorizationResponseError) return refusalNamed(fault.error, thrown);
    if (fault instanceof ResponseBodyError) return new ProviderRefusal(passing.has(fault.error) ? 'provider_unreachable' : 'provider_failed', wordOf(fault.error), { cause: thrown });
  }
  if (thrown instanceof WWWAuthenticateChallengeError) return new ProviderRefusal('provider_failed', 'challenge', { cause: thrown });
  if (thrown instanceof ClientError) return new ProviderRefusal('provider_answer_invalid', (thrown.code ?? 'unreadable').toLowerCase(), { cause: thrown });
  throw thrown;
}
