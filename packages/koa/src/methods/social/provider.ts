import type { ProviderBrand } from '@portico/contract';
import type { ClientAuth } from 'openid-client';
import type { Clock } from '../../ports/clock.ts';

/** JSON of somebody else: nothing is known of it but that it is an object. */
export type Fields = Readonly<Record<string, unknown>>;

/** What a provider gave for its code. Nothing of it is kept but the profile, and the tokens where the host asks for that. */
export interface Answered {
  /** The claims of the ID token, verified. Absent where the provider has none. */
  readonly claims: Fields | undefined;
  /** The token endpoint's whole answer. */
  readonly body: Fields;
  readonly clientId: string;
  /** What came back through the browser beside the parameters of the protocol: to be shown, never to be believed. */
  readonly posted: Readonly<Record<string, string>>;
  /** The userinfo endpoint, for the same subject (OpenID Connect Core, section 5.3.2). */
  readonly readUserinfo: () => Promise<Fields>;
  /** An address of the provider's own, with its access token. */
  readonly read: (url: string) => Promise<unknown>;
}

/** Who somebody is at a provider. */
export interface Profile {
  /** Never changes and is nobody else's: a number or a text of the provider's own. */
  readonly subject: unknown;
  /** @default the provider's */
  readonly issuer?: string;
  readonly email?: unknown;
  readonly isEmailVerified: boolean;
  readonly name?: unknown;
  readonly givenName?: unknown;
  readonly familyName?: unknown;
}

/** Where a provider is found: by its discovery document (OpenID Connect Discovery, section 4), or by its endpoints. */
export type Whereabouts =
  | {
      readonly discovery: string;
      /** Further issuers that the document may name, where a provider is moving. */
      readonly alsoKnownAs?: readonly string[];
    }
  | { readonly authorizationEndpoint: string; readonly tokenEndpoint: string };

/** One provider, as its own file says how it works, with what the host has registered there. */
export interface Provider {
  /** Part of its paths, and its name in the preferences. */
  readonly id: string;
  readonly name: string;
  readonly brand?: ProviderBrand;
  /** The namespace of its subjects. */
  readonly issuer: string;
  readonly whereabouts: Whereabouts;
  readonly clientId: string;
  readonly authenticate: (clock: Clock) => ClientAuth;
  readonly scope: string;
  /** Its tokens are kept, for the host's own calls to it. @default they are dropped */
  readonly keepsTokens?: boolean;
  /** What its authorization endpoint is told beside the protocol's own. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Whether its ID token repeats the nonce. Without one, state and PKCE alone hold question and answer together. */
  readonly hasNonce: boolean;
  /** Its ID tokens are signed with the client's secret, and this checks them. @default they are signed with its published keys */
  readonly verifyIdToken?: (idToken: string) => Promise<void>;
  readonly readProfile: (answered: Answered) => Promise<Profile>;
}

/** How providers are called. */
export type UpstreamFetch = typeof globalThis.fetch;

/** What the host says of its providers: for the whole service, whatever its apps have on. */
export interface Upstreams {
  readonly providers: readonly Provider[];
  readonly fetch?: UpstreamFetch;
}
