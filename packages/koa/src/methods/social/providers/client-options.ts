import { ClientSecretBasic, ClientSecretPost } from 'openid-client';
import type { Provider } from '../provider.ts';

/** What a host has registered at a provider. Its redirect URI there is `{issuer}/social/{id}/callback`. */
export interface ProviderClientOptions {
  readonly clientId: string;
  /** From the environment, never from the repository. */
  readonly clientSecret: string;
  /** Names it in paths and preferences: for a second client at the same provider. @default the provider's own name */
  readonly id?: string;
  /** On the button. @default the provider's name */
  readonly name?: string;
  /** Keeps its tokens, sealed, for `auth.providerTokens()`. @default false */
  readonly keepTokens?: boolean;
  /** What it is asked for beside the profile, such as a calendar, as it spells its scopes. */
  readonly moreScope?: string;
}

/** What a provider is asked for, and whether the tokens for it are kept. */
export function askingFor({ keepTokens = false, moreScope }: Pick<ProviderClientOptions, 'keepTokens' | 'moreScope'>, scope: string, separator = ' '): Pick<Provider, 'scope' | 'keepsTokens'> {
  return { scope: [scope, ...(moreScope === undefined ? [] : [moreScope])].join(separator), keepsTokens: keepTokens };
}

/** RFC 6749, section 2.3.1: in the body. */
export function secretInBody({ clientSecret }: Pick<ProviderClientOptions, 'clientSecret'>): Provider['authenticate'] {
  return () => ClientSecretPost(clientSecret);
}

/** The same, in the header. */
export function secretInHeader({ clientSecret }: Pick<ProviderClientOptions, 'clientSecret'>): Provider['authenticate'] {
  return () => ClientSecretBasic(clientSecret);
}
