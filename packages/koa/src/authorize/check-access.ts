import type { Client } from '../model/app.ts';
import type { AccessRequest } from '../model/authorization-request.ts';
import { checkAcrValues } from './check-acr-values.ts';
import { checkClaims } from './check-claims.ts';
import { checkHints } from './check-hints.ts';
import { checkMaxAge } from './check-max-age.ts';
import { checkRepeatedParameters } from './check-repeated-parameters.ts';
import { checkResource } from './check-resource.ts';
import { checkScope } from './check-scope.ts';
import { checkStateAndNonce } from './check-state-and-nonce.ts';
import type { Parameters } from './parameters.ts';

/**
 * The rules for what a backend asks for itself: those of an authorization request that are about the answer, and none
 * that are about its way. There is no redirect, hence no PKCE and no `state`; `max_age=0` says what `prompt=login` does.
 *
 * @throws {OAuthError} for each rule that is broken
 */
export function checkAccess(parameters: Parameters, client: Client): AccessRequest {
  checkRepeatedParameters(parameters);
  const { claims } = checkClaims(parameters);
  const { nonce } = checkStateAndNonce(parameters);
  return {
    ...(nonce === undefined ? {} : { nonce }),
    ...checkScope(parameters, client),
    prompts: [],
    ...checkMaxAge(parameters),
    claims,
    ...checkResource(parameters, client),
    ...checkAcrValues(parameters, claims),
    ...checkHints(parameters),
  };
}
