import { essentialAcrs } from '../mfa/requested-acrs.ts';
import { OAuthError } from '../model/oauth-error.ts';
import type { RequestedClaims } from '../model/requested-claims.ts';
import { acrOrder } from './acr-of.ts';
import { readParameter, wordsOf, type Parameters, type Part } from './parameters.ts';

/**
 * `acr_values` is a wish, so values that we do not have are passed over (OpenID Connect Core, section 3.1.2.1). An
 * essential `acr` claim is a demand: if we have none of its values, no sign-in could meet it (Core, section 5.5.1.1;
 * OpenID Connect Unmet Authentication Requirements 1.0).
 */
export function checkAcrValues(parameters: Parameters, claims: RequestedClaims): Part<'acrValues'> {
  const demanded = essentialAcrs(claims);
  if (demanded !== undefined && !demanded.some(isKnown)) {
    throw new OAuthError('unmet_authentication_requirements', 'none of the requested acr values is supported');
  }
  return { acrValues: wordsOf(readParameter(parameters, 'acr_values')).filter(isKnown) };
}

function isKnown(value: unknown): boolean {
  return acrOrder.some((acr) => acr === value);
}
