import { z } from 'zod';

/** An API that a client may ask access tokens for (RFC 8707). */
export interface ResourceOptions {
  /** An absolute URI without a fragment: the `aud` of its tokens. */
  readonly uri: string;
  /** @default the client's `accessTokenSeconds` */
  readonly accessTokenSeconds?: number;
}

/** An OAuth client of an app (RFC 6749, section 2). */
export interface ClientOptions {
  readonly id: string;
  /** A page or a native app, which can keep no secret. Said aloud, so that a forgotten secret makes none. @default false */
  readonly isPublic?: boolean;
  /** Shown where the person is asked to consent. @default the app's name */
  readonly name?: string;
  /** At least 32 characters; two at once while one is being replaced. Stored as a hash. */
  readonly secret?: string | readonly string[] | undefined;
  /**
   * Compared character by character; only the port of a loopback address may differ (RFC 9700, section 4.1.3). Empty for
   * an API, which signs nobody in and only introspects (RFC 7662).
   */
  readonly redirectUris: readonly string[];
  /** @default [] */
  readonly postLogoutRedirectUris?: readonly string[];
  /** Further origins of pages that hold the widget, beside those of the redirect URIs. @default [] */
  readonly origins?: readonly string[];
  /** @default ['openid', 'profile', 'email', 'offline_access'] */
  readonly scopes?: readonly string[];
  /** @default [] */
  readonly resources?: readonly ResourceOptions[];
  /** Refuse authorization requests that were not pushed (RFC 9126). @default false */
  readonly requirePar?: boolean;
  /** Ask the person before the first code, and each time. For clients that are not yours. @default false */
  readonly requireConsent?: boolean;
  /**
   * Lets this client's backend run flows itself and get tokens without a redirect. It then handles passwords and codes of
   * your people: for clients of your own, with a secret. @default false
   */
  readonly backendStyle?: boolean;
  /**
   * Lets that backend have codes sent elsewhere than to the user's own, and so sign in as anybody, as far as one factor goes.
   * @deprecated Not obsolete. Struck through, so that nobody overlooks it in a review.
   */
  readonly dangerouslyAllowDetours?: true;
  /** @default 'ES256' */
  readonly idTokenAlgorithm?: 'ES256' | 'RS256';
  /** @default 3600 */
  readonly idTokenSeconds?: number;
  /** @default 600 */
  readonly accessTokenSeconds?: number;
  /** Since its last use. @default 1209600, two weeks */
  readonly refreshTokenIdleSeconds?: number;
  /** Since the sign-in. @default 7776000, ninety days */
  readonly refreshTokenSeconds?: number;
  /** Claims that ID tokens carry without being asked for, such as `email` or `new_user`. @default [] */
  readonly defaultClaims?: readonly string[];
  /**
   * Takes authorization requests without PKCE. For a client that cannot do better (RFC 9700, section 2.1.1).
   *
   * @deprecated Not obsolete. Struck through, so that nobody overlooks it in a review.
   */
  readonly dangerouslyAllowNoPkce?: true;
}

export const seconds = (most: number) => z.int().min(1).max(most);
const uri = z.string().refine((text) => URL.canParse(text) && !text.includes('#'), { message: 'an absolute URI without a fragment' });
const origin = z.string().refine((text) => URL.canParse(text) && new URL(text).origin === text, { message: 'an origin: scheme, host and port, nothing behind' });
const clientSecret = z.string().min(32, { message: 'at least 32 characters' });
export const days = 86_400;

/** What a client is allowed to say, and what it need not. */
export const clientSchema = z.strictObject({
  id: z.string().regex(/^[\x21-\x7e]{1,200}$/),
  isPublic: z.boolean().default(false),
  name: z.string().min(1).max(100).optional(),
  secret: z.union([clientSecret, z.array(clientSecret).min(1).max(2)]).optional(),
  redirectUris: z.array(z.string()),
  postLogoutRedirectUris: z.array(uri).default([]),
  origins: z.array(origin).default([]),
  scopes: z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/)).default(['openid', 'profile', 'email', 'offline_access']),
  resources: z.array(z.strictObject({ uri, accessTokenSeconds: seconds(days).optional() })).default([]),
  requirePar: z.boolean().default(false),
  requireConsent: z.boolean().default(false),
  backendStyle: z.boolean().default(false),
  dangerouslyAllowDetours: z.literal(true).optional(),
  idTokenAlgorithm: z.enum(['ES256', 'RS256']).default('ES256'),
  idTokenSeconds: seconds(days).default(3_600),
  accessTokenSeconds: seconds(days).default(600),
  refreshTokenIdleSeconds: seconds(400 * days).default(14 * days),
  refreshTokenSeconds: seconds(400 * days).default(90 * days),
  defaultClaims: z.array(z.string()).default([]),
  dangerouslyAllowNoPkce: z.literal(true).optional(),
}).refine(({ isPublic, secret }) => isPublic === (secret === undefined), { path: ['secret'], message: 'give a secret, or say isPublic: true' })
  .refine(({ isPublic, redirectUris }) => !isPublic || redirectUris.length > 0, { path: ['redirectUris'], message: 'a public client needs one' })
  .refine(({ backendStyle, dangerouslyAllowDetours }) => backendStyle || dangerouslyAllowDetours === undefined, { path: ['dangerouslyAllowDetours'], message: 'only with backendStyle: true' })
  .refine(({ backendStyle, isPublic, requireConsent }) => !backendStyle || (!isPublic && !requireConsent), { path: ['backendStyle'], message: 'only for a client with a secret, and not for one that is somebody else’s (requireConsent)' });
