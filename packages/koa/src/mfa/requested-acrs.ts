import type { AccessRequest } from '../model/authorization-request.ts';
import type { RequestedClaims } from '../model/requested-claims.ts';

type Asked = Pick<AccessRequest, 'acrValues' | 'claims'>;

/** The levels that an essential `acr` claim demands (OpenID Connect Core, section 5.5.1.1); `undefined` if it demands none. */
export function essentialAcrs(claims: RequestedClaims): readonly unknown[] | undefined {
  return claims.idToken['acr']?.essential === true ? acrClaimValues(claims) : undefined;
}

/** The levels that were asked for, the most wanted first: a claim is more precise than `acr_values`. */
export function wishedAcrs({ acrValues, claims }: Asked): readonly unknown[] {
  return [...(acrClaimValues(claims) ?? []), ...acrValues];
}

/**
 * What a flow has to ask for beside the app's policy: the least of the levels, any of which would do. `undefined` where
 * one factor does.
 */
export function requestedLevel(request: Asked | undefined): 'mfa' | 'phr' | undefined {
  if (request === undefined) return undefined;
  const levels = essentialAcrs(request.claims) ?? wishedAcrs(request);
  if (levels.includes('single')) return undefined;
  if (levels.includes('mfa')) return 'mfa';
  return levels.includes('phr') ? 'phr' : undefined;
}

/**
 * Whether a request asks the person for more than to be signed in: for a level, or for a proof that is young (RFC 9470,
 * section 4). No device answers that in their place.
 */
export function asksAnew(request: Pick<AccessRequest, 'acrValues' | 'claims' | 'maxAgeSeconds'> | undefined): boolean {
  return request?.maxAgeSeconds !== undefined || requestedLevel(request) !== undefined;
}

function acrClaimValues(claims: RequestedClaims): readonly unknown[] | undefined {
  const acr = claims.idToken['acr'];
  if (acr?.values !== undefined) return acr.values;
  return acr?.value === undefined ? undefined : [acr.value];
}
