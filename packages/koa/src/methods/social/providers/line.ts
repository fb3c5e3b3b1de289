/** LINE: OpenID Connect, but a web channel's ID tokens are signed with the channel's secret; addresses are never verified. */
import { jwtVerify } from 'jose';
import type { Provider } from '../provider.ts';
import { ProviderRefusal } from '../refusal.ts';
import { askingFor, completeClient, secretInBody, type ProviderClientOptions } from './client-options.ts';

/** LINE Login, version 2.1. */
export function line(given: ProviderClientOptions): Provider {
  const options = completeClient(given, 'line');
  const { clientId, clientSecret, id = 'line', name = 'LINE' } = options;
  const key = new TextEncoder().encode(clientSecret);
  return {
    id, name, clientId, brand: 'line',
    issuer: 'https://access.line.me',
    whereabouts: { discovery: 'https://access.line.me' },
    authenticate: secretInBody(options),
    ...askingFor(options, 'openid profile email'),
    hasNonce: true,
    verifyIdToken: async (idToken) => {
      // Claims and times were judged before; what is left is who wrote them.
      await jwtVerify(idToken, key, { algorithms: ['HS256'], clockTolerance: 60 }).catch((cause: unknown) => {
        throw new ProviderRefusal('provider_answer_invalid', 'signature_wrong', { cause });
      });
    },
    readProfile: ({ claims = {} }) => Promise.resolve({ subject: claims['sub'], email: claims['email'], isEmailVerified: false, name: claims['name'] }),
  };
}
