import { OAuthError } from '../model/oauth-error.ts';
import type { Parameters } from './parameters.ts';

/**
 * No parameter comes twice (RFC 6749, section 3.1), but `resource` (RFC 8707, section 2): of two values one party reads
 * the first and another the last.
 */
export function checkRepeatedParameters(parameters: Parameters): void {
  for (const [name, value] of Object.entries(parameters)) {
    if (name === 'resource' || typeof value === 'string' || value.length < 2) continue;
    throw new OAuthError('invalid_request', 'a parameter was sent more than once');
  }
}
