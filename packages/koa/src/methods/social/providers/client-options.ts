import { refuseUnknown } from '@portico/contract';
import { ClientSecretBasic, ClientSecretPost } from 'openid-client';
import type { Provider } from '../provider.ts';

/** What a host has registered at a provider. Its redirect URI there is `{issuer}/social/{id}/callback`. */
export interface ProviderClientOptions {
  readonly clientId: string | undefined;
  /** From the environment, never from the repository. */
  readonly clientSecret: string | undefined;
  /** Names it in paths and preferences: for a second client at the same provider. @default the provider's own name */
  readonly id?: string;
  /** On the button. @default the provider's name */
  readonly name?: string;
  /** Keeps its tokens, sealed, for `auth.providerTokens()`. @default false */
  readonly keepTokens?: boolean;
  /** What it is asked for beside the profile, such as a calendar, as it spells its scopes. */
  readonly moreScope?: string;
}

/** The same, and nothing of it is missing. */
export type Complete<Options, Needed extends keyof Options> = Options & { readonly [name in Needed]: string };

/** The options that all of them have. */
export const clientOptions = { clientId: true, clientSecret: true, id: true, name: true, keepTokens: true, moreScope: true } as const satisfies Record<keyof ProviderClientOptions, true>;

/** What a provider needs that knows its client by a secret. */
export const bySecret = ['clientId', 'clientSecret'] as const;

/** Which options a provider has, and which of them it cannot be without. */
interface Wanted<Options, Needed extends keyof Options> {
  readonly provider: string;
  readonly needed: readonly Needed[];
  readonly known: { readonly [Name in keyof Required<Options>]: true };
}

/**
 * What an environment lacks is said as the service starts, and not to the first person who presses the button.
 *
 * @throws {Error} that names the option.
 */
export function complete<Options extends object, Needed extends keyof Options & string>(options: Options, wanted: Wanted<Options, Needed>): Complete<Options, Needed> {
  refuseUnknown(`${wanted.provider}()`, options, wanted.known);
  checkComplete(options, wanted);
  return options;
}

function checkComplete<Options extends object, Needed extends keyof Options & string>(options: Options, { needed, provider }: Wanted<Options, Needed>): asserts options is Complete<Options, Needed> {
  const missing = needed.find((name) => typeof options[name] !== 'string' || options[name] === '');
  if (missing !== undefined) throw new Error(`${provider}() needs a ${missing}`);
}

/** Of a provider that knows its client by a secret, and has no option of its own. @throws {Error} that names the option. */
export function completeClient(options: ProviderClientOptions, provider: string): Complete<ProviderClientOptions, 'clientId' | 'clientSecret'> {
  return complete<ProviderClientOptions, 'clientId' | 'clientSecret'>(options, { provider, needed: bySecret, known: clientOptions });
}

/** What a provider is asked for, and whether the tokens for it are kept. */
export function askingFor({ keepTokens = false, moreScope }: Pick<ProviderClientOptions, 'keepTokens' | 'moreScope'>, scope: string, separator = ' '): Pick<Provider, 'scope' | 'keepsTokens'> {
  return { scope: [scope, ...(moreScope === undefined ? [] : [moreScope])].join(separator), keepsTokens: keepTokens };
}

/** RFC 6749, section 2.3.1: in the body. */
export function secretInBody({ clientSecret }: { readonly clientSecret: string }): Provider['authenticate'] {
  return () => ClientSecretPost(clientSecret);
}

/** The same, in the header. */
export function secretInHeader({ clientSecret }: { readonly clientSecret: string }): Provider['authenticate'] {
  return () => ClientSecretBasic(clientSecret);
}
