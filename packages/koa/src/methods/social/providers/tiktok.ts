/** TikTok: OAuth 2.0 that calls the client's id `client_key`, separates scopes by commas and knows no addresses. */
import type { Fields, Provider } from '../provider.ts';
import { askingFor, completeClient, type ProviderClientOptions } from './client-options.ts';

const api = 'https://open.tiktokapis.com/v2';

/** TikTok Login Kit for the web. `clientId` is the client key. */
export function tiktok(given: ProviderClientOptions): Provider {
  const options = completeClient(given, 'tiktok');
  const { clientId, clientSecret, id = 'tiktok', name = 'TikTok' } = options;
  return {
    id, name, clientId, brand: 'tiktok',
    issuer: 'https://www.tiktok.com',
    whereabouts: { authorizationEndpoint: 'https://www.tiktok.com/v2/auth/authorize/', tokenEndpoint: `${api}/oauth/token/` },
    authenticate: () => (_server, _client, body) => {
      body.set('client_key', clientId);
      body.set('client_secret', clientSecret);
    },
    ...askingFor(options, 'user.info.basic', ','),
    parameters: { client_key: clientId },
    hasNonce: false,
    readProfile: async ({ read }) => {
      const { data } = (await read(`${api}/user/info/?fields=open_id,display_name`)) as { readonly data?: { readonly user?: Fields } };
      return { subject: data?.user?.['open_id'], isEmailVerified: false, name: data?.user?.['display_name'] };
    },
  };
}
