/**
 * oidc-provider as its documentation sets it up for production: keys, cookie keys, lifetimes, an adapter and an interaction
 * of our own. The one account signs in and grants what was asked for, in place of a page for each.
 *
 * Access tokens: with `resource` in the token request a JWT signed with ES256 for that API, as Portico's are (RFC 9068);
 * without it an opaque one that is stored. oidc-provider gives nothing but the opaque one at `/me`, and introspects no
 * other: a JWT with an audience opens neither.
 */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import Provider, { type Configuration, type JWK } from 'oidc-provider';
import { relyingParty } from '../relying-party.ts';
import type { AccountRow, ProviderStore } from './provider-store.ts';

const account: AccountRow = { id: randomUUID(), email: relyingParty.email };
const hour = 3_600;
const day = 24 * hour;

const configurationOf = (store: ProviderStore): Configuration => ({
  adapter: (model) => store.adapter(model),
  clients: [
    {
      client_id: relyingParty.clientId,
      client_secret: relyingParty.clientSecret,
      redirect_uris: [relyingParty.redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
      id_token_signed_response_alg: 'ES256',
    },
  ],
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  jwks: { keys: [makeSigningKey()] },
  cookies: { keys: ['a-key-for-the-cookies-of-the-benchmark-only'] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  features: {
    devInteractions: { enabled: false },
    introspection: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId },
    revocation: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: () => ({ scope: relyingParty.scope, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } }),
    },
  },
  findAccount: (_, sub) => {
    const found = store.findAccount(sub);
    return found && { accountId: found.id, claims: () => ({ sub: found.id, email: found.email, email_verified: true }) };
  },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: () => true },
  rotateRefreshToken: true,
  ttl: {
    AccessToken: hour,
    // The longest that RFC 6749, section 4.1.2 recommends: codes are made in thousands before the first is exchanged.
    AuthorizationCode: 600,
    Grant: 14 * day,
    IdToken: hour,
    Interaction: hour,
    RefreshToken: 14 * day,
    Session: 14 * day,
  },
});

/** At this address, with its one client and its one account. */
export function createProvider(url: string, store: ProviderStore): Provider {
  store.insertAccount(account);
  const provider = new Provider(url, configurationOf(store));
  provider.on('server_error', (_, error) => void process.stderr.write(`${String(error.stack)}\n`));
  return provider;
}

/** In place of a page for signing in and one for consent: the one account signs in and grants what was asked for. */
export function withInteraction(provider: Provider): RequestListener {
  const listener = provider.callback();
  return (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) return void listener(request, response);
    finishInteraction(provider, request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  };
}

async function finishInteraction(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId: account.id, clientId: relyingParty.clientId });
  grant.addOIDCScope(relyingParty.scope);
  grant.addResourceScope(String(params['resource']), relyingParty.scope);
  const grantId = await grant.save();
  await provider.interactionFinished(request, response, { login: { accountId: account.id }, consent: { grantId } });
}

function makeSigningKey(): JWK {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: 'bench', alg: 'ES256', use: 'sig' };
}
