import type { Exchange } from '../../tokens/exchange.ts';
import { single, type Parameters } from './read-body.ts';

/** `snake_case` ends here. */
export function readExchange(form: Parameters): Exchange {
  const resource = form['resource'];
  return {
    grantType: single(form, 'grant_type'),
    code: single(form, 'code'),
    redirectUri: single(form, 'redirect_uri'),
    pkceVerifier: single(form, 'code_verifier'),
    refreshToken: single(form, 'refresh_token'),
    scope: single(form, 'scope'),
    resources: resource === undefined || resource === '' ? [] : [resource].flat(),
  };
}
