/** Facebook: OAuth 2.0 and the Graph API, which never says whether an address was confirmed. */
import { createHmac } from 'node:crypto';
import type { Fields, Provider } from '../provider.ts';
import { askingFor, completeClient, secretInBody, type ProviderClientOptions } from './client-options.ts';

const version = 'v23.0';
const graph = `https://graph.facebook.com/${version}`;

/** Facebook Login. */
export function facebook(given: ProviderClientOptions): Provider {
  const options = completeClient(given, 'facebook');
  const { clientId, clientSecret, id = 'facebook', name = 'Facebook' } = options;
  return {
    id, name, clientId, brand: 'facebook',
    issuer: 'https://www.facebook.com',
    whereabouts: { authorizationEndpoint: `https://www.facebook.com/${version}/dialog/oauth`, tokenEndpoint: `${graph}/oauth/access_token` },
    authenticate: secretInBody(options),
    ...askingFor(options, 'public_profile,email', ','),
    hasNonce: false,
    readProfile: async ({ read, body }) => {
      // Says that the token is used by the app that it was given to.
      const proof = createHmac('sha256', clientSecret).update(String(body['access_token'])).digest('hex');
      const me = (await read(`${graph}/me?fields=id,name,email&appsecret_proof=${proof}`)) as Fields;
      return { subject: me['id'], email: me['email'], isEmailVerified: false, name: me['name'] };
    },
  };
}
