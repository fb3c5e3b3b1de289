import type { Client } from '../model/app.ts';
import type { AuthorizationRequest } from '../model/authorization-request.ts';
import { checkAcrValues } from './check-acr-values.ts';
import { checkClaims } from './check-claims.ts';
import { checkHints } from './check-hints.ts';
import { checkMaxAge } from './check-max-age.ts';
import { checkPkce } from './check-pkce.ts';
import { checkPrompt } from './check-prompt.ts';
import { checkPushed, type Arrival } from './check-pushed.ts';
import { checkRedirectUri } from './check-redirect-uri.ts';
import { checkRepeatedParameters } from './check-repeated-parameters.ts';
import { checkRequestObject } from './check-request-object.ts';
import { checkResource } from './check-resource.ts';
import { checkResponseMode } from './check-response-mode.ts';
import { checkResponseType } from './check-response-type.ts';
import { checkScope } from './check-scope.ts';
import { checkStateAndNonce } from './check-state-and-nonce.ts';
import type { Parameters } from './parameters.ts';

/**
 * Every rule for an authorization request, in order: first where an answer may go at all, then what comes more than
 * once, then each parameter. Parameters that we do not know are passed over (RFC 6749, section 3.1).
 *
 * @throws {AuthError} `redirect_uri_unregistered`: show it on our own page.
 * @throws {OAuthError} the rest: send it to the redirect URI.
 */
export function checkRequest(parameters: Parameters, client: Client, arrival: Arrival = 'plain'): AuthorizationRequest {
  const redirectUri = checkRedirectUri(parameters['redirect_uri'], client);
  checkRepeatedParameters(parameters);
  checkRequestObject(parameters);
  checkPushed(client, arrival);
  checkResponseType(parameters);
  checkResponseMode(parameters);
  const { claims } = checkClaims(parameters);
  return {
    redirectUri,
    ...checkStateAndNonce(parameters),
    ...checkScope(parameters, client),
    ...checkPkce(parameters, client),
    ...checkPrompt(parameters),
    ...checkMaxAge(parameters),
    claims,
    ...checkResource(parameters, client),
    ...checkAcrValues(parameters, claims),
    ...checkHints(parameters),
  };
}
