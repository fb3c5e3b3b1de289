/** Authentication methods of a token: RFC 8176 where it has a value (`mca`: on another device than the one that is signed in), `email` beside it; `fed`, and `fed:{provider}` with the provider's name. */
export type Amr = 'email' | 'otp' | 'hwk' | 'swk' | 'user' | 'mfa' | 'mca' | 'pwd' | 'sms' | 'fed' | `fed:${string}` | 'recovery';

/** `phr`: phishing-resistant. `mfa`: two factors. `single`: otherwise. */
export type Acr = 'phr' | 'mfa' | 'single';

/** OpenID Connect Core, section 5.1, as far as we know them of a user. */
export interface StandardClaims {
  readonly name?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  /** The username, as it was typed. */
  readonly preferred_username?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  /** E.164. */
  readonly phone_number?: string;
  readonly phone_number_verified?: boolean;
  readonly locale?: string;
  readonly updated_at?: number;
}

/** An ID token (OpenID Connect Core, section 2). */
export interface IdTokenClaims extends StandardClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  readonly exp: number;
  readonly iat: number;
  readonly auth_time: number;
  readonly amr: readonly Amr[];
  readonly acr: Acr;
  readonly sid: string;
  readonly nonce?: string;
  readonly at_hash?: string;
  readonly azp?: string;
  readonly new_user?: boolean;
}

/** A JWT access token (RFC 9068, section 2.2). */
export interface AccessTokenClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string | readonly string[];
  readonly exp: number;
  readonly iat: number;
  readonly jti: string;
  readonly client_id: string;
  readonly scope: string;
  readonly auth_time?: number;
  readonly acr?: string;
  readonly amr?: readonly string[];
  readonly roles?: readonly string[];
  readonly groups?: readonly string[];
  readonly permissions?: readonly string[];
  readonly sid?: string;
}
