import type { Client } from '../model/app.ts';
import { OAuthError } from '../model/oauth-error.ts';
import { readParameter, type Parameters, type Part } from './parameters.ts';

/** SHA-256 in base64url has 43 characters (RFC 7636, section 4.2). */
const s256 = /^[A-Za-z0-9_-]{43}$/u;

/**
 * PKCE is required unless a confidential client opted out; a public client cannot, for it has nothing else that ties a
 * code to it (RFC 9700, section 2.1.1). `plain` does not exist, and a challenge without a method means `plain`
 * (RFC 7636, section 4.3).
 */
export function checkPkce(parameters: Parameters, client: Client): Part<'pkceChallenge'> {
  const challenge = readParameter(parameters, 'code_challenge');
  const method = readParameter(parameters, 'code_challenge_method');
  if (challenge === undefined) {
    if (method !== undefined) throw new OAuthError('invalid_request', 'code_challenge_method was sent without a code_challenge');
    if (client.requiresPkce || client.isPublic) throw new OAuthError('invalid_request', 'code_challenge is missing');
    return {};
  }
  if (method !== 'S256') throw new OAuthError('invalid_request', 'code_challenge_method must be S256');
  if (!s256.test(challenge)) throw new OAuthError('invalid_request', 'code_challenge must be 43 characters of base64url');
  return { pkceChallenge: challenge };
}
