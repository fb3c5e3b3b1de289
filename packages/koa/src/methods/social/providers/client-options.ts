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
}

/** RFC 6749, section 2.3.1: in the body. */
export function secretInBody({ clientSecret }: Pick<ProviderClientOptions, 'clientSecret'>): Provider['authenticate'] {
  return () => ClientSecretPost(clientSecret);
}

/** The same, in the header. */
export function secretInHeader({ clientSecret }: Pick<ProviderClientOptions, 'clientSecret'>): Provider['authenticate'] {
  return () => ClientSecretBasic(clientSecret);
}
