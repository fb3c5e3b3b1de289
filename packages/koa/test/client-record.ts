import type { Client } from '../src/model/app.ts';
import type { AppId, ClientId } from '../src/model/ids.ts';

/** A public client with every scope and two resources; what a test is about, it says. */
export function clientRecord(differences: Partial<Client> = {}): Client {
  return {
    id: 'shop-web' as ClientId,
    appId: 'shop' as AppId,
    name: 'Shop',
    isPublic: true,
    authentication: ['none'],
    secretDigests: [],
    redirectUris: ['https://shop.example/callback'],
    postLogoutRedirectUris: ['https://shop.example/bye'],
    origins: ['https://shop.example'],
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    resources: [
      { uri: 'https://orders.example', accessTokenSeconds: 300 },
      { uri: 'https://stock.example/api', accessTokenSeconds: 120 },
    ],
    requiresPkce: true,
    requiresPar: false,
    requiresConsent: false,
    mayUseBackendStyle: false,
    mayDetour: false,
    idTokenAlgorithm: 'ES256',
    idTokenSeconds: 600,
    accessTokenSeconds: 600,
    refreshTokenIdleSeconds: 86_400,
    refreshTokenSeconds: 30 * 86_400,
    defaultClaims: [],
    isManagedByCode: true,
    ...differences,
  };
}
