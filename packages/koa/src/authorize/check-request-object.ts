import { OAuthError } from '../model/oauth-error.ts';
import { readParameter, type Parameters } from './parameters.ts';

/**
 * Request objects and registration within a request are not offered, and say so rather than being passed over
 * (OpenID Connect Core, sections 3.1.2.6 and 6). A `request_uri` of ours was resolved before; any other would make us
 * fetch what a stranger names.
 */
export function checkRequestObject(parameters: Parameters): void {
  if (readParameter(parameters, 'request') !== undefined) {
    throw new OAuthError('request_not_supported', 'request objects are not supported');
  }
  if (readParameter(parameters, 'request_uri') !== undefined) {
    throw new OAuthError('request_uri_not_supported', 'only a request_uri from the pushed authorization request endpoint is supported');
  }
  if (readParameter(parameters, 'registration') !== undefined) {
    throw new OAuthError('registration_not_supported', 'registration in a request is not supported');
  }
}
