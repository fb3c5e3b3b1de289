import type { AppId, ClientId, Digest } from './ids.ts';
import type { LoginPreferences } from './login-preferences.ts';

/** A product that people sign in to. */
export interface App {
  readonly id: AppId;
  readonly name: string;
  /** Where the product itself is; pages of ours lead back there. */
  readonly url?: string;
  /** Without it nobody is created, whatever a request asks. */
  readonly allowsPublicSignup: boolean;
  readonly preferences: LoginPreferences;
  /** Written by `createAuth`; the administration refuses to change it. */
  readonly isManagedByCode: boolean;
}

/** An API that access tokens are for (RFC 8707). */
export interface Resource {
  /** The `aud` of its tokens: an absolute URI without a fragment. */
  readonly uri: string;
  readonly accessTokenSeconds: number;
}

export type ClientAuthentication = 'client_secret_basic' | 'client_secret_post' | 'none';

/** An OAuth client of an app. */
export interface Client {
  readonly id: ClientId;
  readonly appId: AppId;
  readonly name: string;
  readonly isPublic: boolean;
  readonly authentication: readonly ClientAuthentication[];
  /** Up to two, so that a secret can be changed without a break. Empty for a public client. */
  readonly secretDigests: readonly Digest[];
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** Pages from which the widget may call us: the origins of the redirect URIs, and those named beside them. */
  readonly origins: readonly string[];
  readonly scopes: readonly string[];
  readonly resources: readonly Resource[];
  readonly requiresPkce: boolean;
  readonly requiresPar: boolean;
  readonly requiresConsent: boolean;
  /** Its backend may run flows itself. Never of a public client, nor of one that needs consent. */
  readonly mayUseBackendStyle: boolean;
  /** That backend may have codes sent elsewhere than to the user's own address or number. */
  readonly mayDetour: boolean;
  readonly idTokenAlgorithm: 'ES256' | 'RS256';
  readonly idTokenSeconds: number;
  readonly accessTokenSeconds: number;
  /** Since its last use. */
  readonly refreshTokenIdleSeconds: number;
  /** Since the grant was made; a rotated token does not outlive it. */
  readonly refreshTokenSeconds: number;
  /** Claims that its ID tokens carry without being asked for. */
  readonly defaultClaims: readonly string[];
  readonly isManagedByCode: boolean;
}
