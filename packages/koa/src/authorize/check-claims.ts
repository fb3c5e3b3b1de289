import { OAuthError } from '../model/oauth-error.ts';
import type { RequestedClaim, RequestedClaims } from '../model/requested-claims.ts';
import { readParameter, type Parameters, type Part } from './parameters.ts';

/** Long enough for every claim that we have; it is kept with the grant. */
const longest = 4_096;

/**
 * The `claims` parameter (OpenID Connect Core, section 5.5). Members that we do not know are passed over; what is not
 * of its form is refused.
 */
export function checkClaims(parameters: Parameters): Part<'claims'> {
  const text = readParameter(parameters, 'claims');
  if (text === undefined) return { claims: { idToken: {}, userinfo: {} } };
  if (text.length > longest) throw new OAuthError('invalid_request', `claims must be at most ${longest} characters`);
  const claims = parseObject(text);
  return { claims: { idToken: parseSection(claims['id_token']), userinfo: parseSection(claims['userinfo']) } };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (cause) {
    throw new OAuthError('invalid_request', 'claims must be a JSON object', { cause });
  }
  throw new OAuthError('invalid_request', 'claims must be a JSON object');
}

function parseSection(section: unknown): RequestedClaims['idToken'] {
  if (section === undefined || section === null) return {};
  if (!isObject(section)) throw new OAuthError('invalid_request', 'claims must name claims for id_token and userinfo');
  return Object.fromEntries(Object.entries(section).map(([name, claim]) => [name, parseClaim(claim)]));
}

function parseClaim(claim: unknown): RequestedClaim | null {
  if (claim === null) return null;
  if (!isObject(claim)) throw malformed();
  const { essential, value, values } = claim;
  if (essential !== undefined && typeof essential !== 'boolean') throw malformed();
  if (values !== undefined && !Array.isArray(values)) throw malformed();
  return {
    ...(essential === undefined ? {} : { essential }),
    ...(value === undefined ? {} : { value }),
    ...(values === undefined ? {} : { values }),
  };
}

function malformed(): OAuthError {
  return new OAuthError('invalid_request', 'claims must request each claim with null, or essential, value, values');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
