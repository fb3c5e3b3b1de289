import type { OAuthError } from '../model/oauth-error.ts';
import type { RegisteredRedirectUri } from './check-redirect-uri.ts';

export interface Answer {
  readonly redirectUri: RegisteredRedirectUri;
  readonly state?: string | undefined;
  readonly issuer: string;
  /** A code, or why there is none. */
  readonly result: { readonly code: string } | OAuthError;
}

/**
 * Where the browser takes the answer (RFC 6749, section 4.1.2; `iss` by RFC 9207, section 2). Our parameters are added
 * to the registered text, which is not parsed and written anew: a client compares it with what it knows.
 */
export function answerUrl({ redirectUri, state, issuer, result }: Answer): string {
  const outcome = 'code' in result ? { code: result.code } : { error: result.error, error_description: result.description };
  const query = Object.entries({ ...outcome, state, iss: issuer })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]))
    .join('&');
  return `${redirectUri}${separatorOf(redirectUri)}${query}`;
}

function separatorOf(uri: string): '' | '?' | '&' {
  if (!uri.includes('?')) return '?';
  return uri.endsWith('?') || uri.endsWith('&') ? '' : '&';
}
