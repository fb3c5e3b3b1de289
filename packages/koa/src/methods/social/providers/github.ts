/** GitHub: OAuth 2.0 without an ID token; the profile's address says nothing of itself, the list of addresses does. */
import type { Answered, Fields, Profile, Provider } from '../provider.ts';
import { askingFor, bySecret, clientOptions, complete, secretInBody, type ProviderClientOptions } from './client-options.ts';

/** What a host has registered at GitHub. */
export interface GithubOptions extends ProviderClientOptions {
  /** Of an Enterprise Server. @default 'https://github.com' */
  readonly server?: string;
}

/** GitHub (an OAuth app or a GitHub app). */
export function github(given: GithubOptions): Provider {
  const options = complete(given, { provider: 'github', needed: bySecret, known: { ...clientOptions, server: true } });
  const { clientId, id = 'github', name = 'GitHub', server = 'https://github.com' } = options;
  const api = server === 'https://github.com' ? 'https://api.github.com' : `${server}/api/v3`;
  return {
    id, name, clientId, brand: 'github',
    issuer: server,
    whereabouts: { authorizationEndpoint: `${server}/login/oauth/authorize`, tokenEndpoint: `${server}/login/oauth/access_token` },
    authenticate: secretInBody(options),
    ...askingFor(options, 'read:user user:email'),
    hasNonce: false,
    readProfile: (answered) => readProfile(answered, api),
  };
}

async function readProfile({ read }: Answered, api: string): Promise<Profile> {
  const user = (await read(`${api}/user`)) as Fields;
  const addresses: unknown = await read(`${api}/user/emails`);
  const primary = (Array.isArray(addresses) ? (addresses as readonly unknown[]) : []).find(isPrimary);
  // Each address has its own flag; the one in the profile has none (everruns/everruns#2645).
  return { subject: user['id'], email: primary?.['email'], isEmailVerified: primary?.['verified'] === true, name: user['name'] ?? user['login'] };
}

function isPrimary(address: unknown): address is Fields {
  return typeof address === 'object' && address !== null && Reflect.get(address, 'primary') === true;
}
