import { OAuthError } from '../model/oauth-error.ts';
import type { AuthorizationRequest } from '../model/authorization-request.ts';

/** An authorization request as it travelled: a name that came more than once has a list. */
export type Parameters = Readonly<Record<string, string | readonly string[]>>;

/** What one rule adds to the checked request. */
export type Part<Name extends keyof AuthorizationRequest> = Pick<AuthorizationRequest, Name>;

/**
 * One parameter's value. Sent without a value it counts as left out (RFC 6749, section 3.1).
 *
 * @throws {OAuthError} `invalid_request` if it came more than once.
 */
export function readParameter(parameters: Parameters, name: string): string | undefined {
  const values = readParameters(parameters, name);
  if (values.length > 1) throw new OAuthError('invalid_request', `${name} must not be repeated`);
  return values[0];
}

/** All values of one parameter that may be repeated. */
export function readParameters(parameters: Parameters, name: string): readonly string[] {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (value === undefined) return [];
  return (typeof value === 'string' ? [value] : value).filter((one) => one !== '');
}

/** The words of a list that is separated by spaces, each once. */
export function wordsOf(list: string | undefined): readonly string[] {
  return [...new Set((list ?? '').split(' '))].filter((word) => word !== '');
}
