import { refuseUnknown } from '@portico/contract';
import type { Provider, UpstreamFetch, Upstreams } from './provider.ts';

/** How sign-in with providers works. What is left out is the default. */
export interface SocialOptions {
  /** In the order in which they are offered. An app's preferences name those that it has on, in an order of its own. */
  readonly providers: readonly Provider[];
  /**
   * The domain of an address → the provider's id that its people sign in with. Whoever types such an address is sent
   * there, member or stranger.
   *
   * @default {}
   */
  readonly domains?: Readonly<Record<string, string>>;
  /** How providers are called, such as through a proxy. @default the process's own `fetch` */
  readonly fetch?: UpstreamFetch;
}

/** A method that a host turned on, and what it says of it. */
export interface SocialChoice {
  readonly method: 'social';
  readonly settings: { readonly isOn: true; readonly domains?: Record<string, string> };
  readonly upstreams: Upstreams;
}

/**
 * Turns sign-in with providers on.
 *
 * @example
 * ```ts
 * methods: [passkey(), emailCode(), social({ providers: [google({ clientId, clientSecret })] })]
 * ```
 * @throws {Error} if there is none, two have one id, or a domain is none.
 */
export function social(options: SocialOptions): SocialChoice {
  refuseUnknown('social()', options, { providers: true, domains: true, fetch: true });
  const { providers, domains, fetch } = options;
  if (providers.length === 0) throw new Error('social(): name at least one provider');
  const ids = providers.map(({ id }) => id);
  const odd = ids.find((id, at) => !/^[a-z][a-z0-9-]{0,39}$/.test(id) || ids.indexOf(id) !== at);
  if (odd !== undefined) throw new Error(`social(): "${odd}" is no id of a provider, or two have it: small letters, digits and hyphens, each once`);
  const address = Object.keys(domains ?? {}).find((domain) => !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(domain));
  if (address !== undefined) throw new Error(`social(): "${address}" is no domain: small letters, as in "example.com"`);
  return {
    method: 'social',
    settings: { isOn: true, ...(domains === undefined ? {} : { domains: { ...domains } }) },
    upstreams: { providers, ...(fetch === undefined ? {} : { fetch }) },
  };
}
