/**
 * oidc-provider as its documentation sets it up for production: keys, cookie keys, lifetimes, an adapter and an interaction
 * of our own. Arguments: `memory`, or `sqlite` and a file.
 *
 * `memory` is its own MemoryAdapter, which its documentation means for development. As it comes it keeps a thousand entries
 * and forgets the oldest, so that codes made beforehand would be gone before they are exchanged: here it has a Map to keep
 * them in, which never forgets and costs less.
 *
 * Access tokens: with `resource` in the token request a JWT signed with ES256 for that API, as Portico's are (RFC 9068);
 * without it an opaque one that is stored. oidc-provider gives nothing but the opaque one at `/me`, and introspects no
 * other: a JWT with an audience opens neither.
 */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import Provider, { type Adapter, type Configuration, type JWK } from 'oidc-provider';
import { openProviderStore, type AccountRow } from './oidc-provider-sqlite-adapter.ts';
import { relyingParty } from './relying-party.ts';
import { serve } from './serve.ts';

interface AccountStore {
  adapter(model: string): Adapter;
  findAccount(id: string): AccountRow | undefined;
}

const [engine, file = ''] = process.argv.slice(2);
const account: AccountRow = { id: randomUUID(), email: relyingParty.email };
const store = engine === 'sqlite' ? openSqlite() : await openMemory();
const hour = 3_600;
const day = 24 * hour;

const configuration: Configuration = {
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
};

await serve((url) => {
  const provider = new Provider(url, configuration);
  provider.on('server_error', (_, error) => void process.stderr.write(`${String(error.stack)}\n`));
  return withInteraction(provider);
});

/** In place of a page for signing in and one for consent: the one account signs in and grants what was asked for. */
function withInteraction(provider: Provider): RequestListener {
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

function openSqlite(): AccountStore {
  const opened = openProviderStore(file);
  opened.insertAccount(account);
  return opened;
}

interface MemoryAdapterModule {
  readonly default: new (model: string, entries: Map<string, unknown>) => Adapter;
}

async function openMemory(): Promise<AccountStore> {
  const place = new URL('adapters/memory_adapter.js', import.meta.resolve('oidc-provider')).href;
  const { default: MemoryAdapter } = (await import(place)) as MemoryAdapterModule;
  const entries = new Map<string, unknown>();
  return { adapter: (model) => new MemoryAdapter(model, entries), findAccount: (id) => (id === account.id ? account : undefined) };
}
