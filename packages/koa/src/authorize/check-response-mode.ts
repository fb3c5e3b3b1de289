import { OAuthError } from '../model/oauth-error.ts';
import { readParameter, type Parameters } from './parameters.ts';

/** The answer travels in the query, the default of `code` (OAuth 2.0 Multiple Response Types, section 2.1). */
export function checkResponseMode(parameters: Parameters): void {
  const mode = readParameter(parameters, 'response_mode');
  if (mode !== undefined && mode !== 'query') throw new OAuthError('invalid_request', 'response_mode must be query');
}
