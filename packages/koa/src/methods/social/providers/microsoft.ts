/**
 * Microsoft Entra ID and personal accounts: every tenant is an issuer of its own, `sub` is another one for each app, and an
 * address is what an administrator wrote unless `xms_edov` says that its domain was proved.
 */
import type { Answered, Profile, Provider } from '../provider.ts';
import { ProviderRefusal } from '../refusal.ts';
import { askingFor, bySecret, clientOptions, complete, secretInBody, type ProviderClientOptions } from './client-options.ts';
import { saysYes } from './open-id-profile.ts';

/** What a host has registered at Microsoft. */
export interface MicrosoftOptions extends ProviderClientOptions {
  /** A tenant's id, or `common`, `organizations`, `consumers`: who may come. @default 'common' */
  readonly tenant?: string;
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Microsoft (OpenID Connect, version 2.0). */
export function microsoft(given: MicrosoftOptions): Provider {
  const options = complete(given, { provider: 'microsoft', needed: bySecret, known: { ...clientOptions, tenant: true } });
  const { clientId, id = 'microsoft', name = 'Microsoft', tenant = 'common' } = options;
  const issuer = `https://login.microsoftonline.com/${tenant}/v2.0`;
  return {
    id, name, clientId, issuer, brand: 'microsoft',
    whereabouts: { discovery: issuer },
    authenticate: secretInBody(options),
    ...askingFor(options, options.keepTokens === true ? 'openid email profile offline_access' : 'openid email profile'),
    parameters: { prompt: 'select_account' },
    hasNonce: true,
    readProfile: (answered) => Promise.resolve(readProfile(answered)),
  };
}

function readProfile({ claims = {} }: Answered): Profile {
  const { iss, tid, oid, email, name, given_name: givenName, family_name: familyName, xms_edov: isDomainProved } = claims;
  // The library has put the token's own `tid` into the issuer that it expects; here it must be a tenant, and this one.
  if (typeof tid !== 'string' || !uuid.test(tid) || iss !== `https://login.microsoftonline.com/${tid}/v2.0`) {
    throw new ProviderRefusal('provider_answer_invalid', 'tenant_wrong');
  }
  return { subject: oid, issuer: iss, email, isEmailVerified: saysYes(isDomainProved) || isDomainProved === 1 || isDomainProved === '1', name, givenName, familyName };
}
