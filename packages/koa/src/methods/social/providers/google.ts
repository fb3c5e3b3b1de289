import type { Provider } from '../provider.ts';
import { askingFor, completeClient, secretInBody, type ProviderClientOptions } from './client-options.ts';
import { readOpenIdProfile } from './open-id-profile.ts';

/** Google (OpenID Connect). */
export function google(given: ProviderClientOptions): Provider {
  const options = completeClient(given, 'google');
  const { clientId, id = 'google', name = 'Google' } = options;
  return {
    id, name, clientId, brand: 'google',
    issuer: 'https://accounts.google.com',
    whereabouts: { discovery: 'https://accounts.google.com' },
    authenticate: secretInBody(options),
    ...askingFor(options, 'openid email profile'),
    // Whoever shares a browser says which of its accounts is meant.
    // It gives a refresh token to who consents anew, and to nobody else.
    parameters: options.keepTokens === true ? { prompt: 'select_account consent', access_type: 'offline' } : { prompt: 'select_account' },
    hasNonce: true,
    readProfile: readOpenIdProfile,
  };
}
