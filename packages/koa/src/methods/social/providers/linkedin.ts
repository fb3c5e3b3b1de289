/** LinkedIn: OpenID Connect whose ID tokens repeat no nonce, and whose issuer has changed its name. */
import type { Provider } from '../provider.ts';
import { askingFor, completeClient, secretInBody, type ProviderClientOptions } from './client-options.ts';
import { readOpenIdProfile } from './open-id-profile.ts';

/** Sign In with LinkedIn. */
export function linkedin(given: ProviderClientOptions): Provider {
  const options = completeClient(given, 'linkedin');
  const { clientId, id = 'linkedin', name = 'LinkedIn' } = options;
  return {
    id, name, clientId, brand: 'linkedin',
    issuer: 'https://www.linkedin.com/oauth',
    whereabouts: { discovery: 'https://www.linkedin.com/oauth', alsoKnownAs: ['https://www.linkedin.com'] },
    authenticate: secretInBody(options),
    ...askingFor(options, 'openid profile email'),
    hasNonce: false,
    readProfile: readOpenIdProfile,
  };
}
