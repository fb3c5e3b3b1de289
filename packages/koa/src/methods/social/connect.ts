import { allowInsecureRequests, clockTolerance, Configuration, customFetch, discovery, enableNonRepudiationChecks, type ClientMetadata, type DiscoveryRequestOptions } from 'openid-client';
import type { Clock } from '../../ports/clock.ts';
import { upstreamSeconds, withoutIdTokens, type Call } from './call-upstream.ts';
import type { Provider } from './provider.ts';
import { ProviderRefusal, refusalOf } from './refusal.ts';

/** A provider, ready to be asked. */
export type Connect = (provider: Provider) => Promise<Configuration>;

interface ConnectDeps {
  readonly clock: Clock;
  readonly call: Call;
}

/** Where a provider is may change; a day is what it is remembered for. Its keys are looked up by themselves. */
const rememberedMs = 86_400_000;
/** How far the provider's clock and ours may differ. */
const toleranceSeconds = 60;

/** Reads each provider's discovery document once a day, when it is first needed. One that fails is asked again the next time. */
export function createConnect(deps: ConnectDeps): Connect {
  const known = new Map<string, { readonly until: number; readonly ready: Promise<Configuration> }>();
  return (provider) => {
    const now = deps.clock.now().getTime();
    const found = known.get(provider.id);
    if (found !== undefined && found.until > now) return found.ready;
    const ready = connect(provider, deps);
    known.set(provider.id, { until: now + rememberedMs, ready });
    ready.catch(() => known.delete(provider.id));
    return ready;
  };
}

async function connect(provider: Provider, deps: ConnectDeps): Promise<Configuration> {
  try {
    const configuration = 'discovery' in provider.whereabouts ? await discover(provider, provider.whereabouts, deps) : listed(provider, deps);
    // Code flow lets a client trust TLS instead of the signature (OpenID Connect Core, section 3.1.3.7); both are better.
    if (provider.verifyIdToken === undefined) enableNonRepudiationChecks(configuration);
    return configuration;
  } catch (thrown) {
    throw refusalOf(thrown);
  }
}

function clientOf({ verifyIdToken }: Provider): Partial<ClientMetadata> {
  return { [clockTolerance]: toleranceSeconds, ...(verifyIdToken === undefined ? {} : { id_token_signed_response_alg: 'HS256' }) };
}

/** Plain HTTP only where no other machine can listen: an upstream of a test. The host wrote the address, nobody else. */
function isPlainLoopback(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

async function discover(provider: Provider, { discovery: address, alsoKnownAs = [] }: Extract<Provider['whereabouts'], { readonly discovery: string }>, { clock, call }: ConnectDeps): Promise<Configuration> {
  const options: DiscoveryRequestOptions = {
    [customFetch]: call,
    timeout: upstreamSeconds,
    execute: isPlainLoopback(address) ? [allowInsecureRequests] : [],
  };
  // The document's own address: openid-client would refuse an issuer of another name, we know which other names there are.
  const server = alsoKnownAs.length === 0 ? new URL(address) : new URL(`${address}/.well-known/openid-configuration`);
  const configuration = await discovery(server, provider.clientId, clientOf(provider), provider.authenticate(clock), options);
  const { issuer } = configuration.serverMetadata();
  if (alsoKnownAs.length > 0 && issuer !== address && !alsoKnownAs.includes(issuer)) throw new ProviderRefusal('provider_answer_invalid', 'issuer_unknown');
  return configuration;
}

function listed(provider: Provider, { clock, call }: ConnectDeps): Configuration {
  const { whereabouts, issuer, clientId } = provider;
  if ('discovery' in whereabouts) throw new Error('This provider is found by its discovery document.');
  const server = { issuer, authorization_endpoint: whereabouts.authorizationEndpoint, token_endpoint: whereabouts.tokenEndpoint };
  const configuration = new Configuration(server, clientId, clientOf(provider), provider.authenticate(clock));
  configuration[customFetch] = withoutIdTokens(call);
  configuration.timeout = upstreamSeconds;
  if (isPlainLoopback(whereabouts.tokenEndpoint)) allowInsecureRequests(configuration);
  return configuration;
}
