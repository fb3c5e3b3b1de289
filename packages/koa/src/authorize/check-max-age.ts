import { OAuthError } from '../model/oauth-error.ts';
import { readParameter, type Parameters, type Part } from './parameters.ts';

/** Whole seconds, also 0 (OpenID Connect Core, section 3.1.2.1). */
export function checkMaxAge(parameters: Parameters): Part<'maxAgeSeconds'> {
  const maxAge = readParameter(parameters, 'max_age');
  if (maxAge === undefined) return {};
  if (!/^\d{1,10}$/u.test(maxAge)) throw new OAuthError('invalid_request', 'max_age must be a number of seconds');
  return { maxAgeSeconds: Number(maxAge) };
}
