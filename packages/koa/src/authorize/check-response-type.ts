import { OAuthError } from '../model/oauth-error.ts';
import { readParameter, type Parameters } from './parameters.ts';

/** Only `code`: the implicit and hybrid types hand tokens to a URL (RFC 9700, section 2.1.2). */
export function checkResponseType(parameters: Parameters): void {
  const type = readParameter(parameters, 'response_type');
  if (type === undefined) throw new OAuthError('invalid_request', 'response_type is missing');
  if (type !== 'code') throw new OAuthError('unsupported_response_type', 'response_type must be code');
}
