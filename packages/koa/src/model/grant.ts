import type { Acr, Amr } from '@portico/contract';
import type { ClientId, DeviceId, Digest, GrantId, Sealed, SessionId, UserId } from './ids.ts';
import type { RequestedClaims } from './requested-claims.ts';
import type { User } from './user.ts';

/** What a user lets a client have. Parent of codes and tokens: revoke it and all of them end. */
export interface Grant {
  readonly id: GrantId;
  readonly userId: UserId;
  readonly clientId: ClientId;
  readonly sessionId: SessionId;
  /** Of the session, kept because a grant may outlive it. */
  readonly deviceId?: DeviceId;
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  readonly claims: RequestedClaims;
  readonly nonce?: string;
  readonly authenticatedAt: Date;
  readonly amr: readonly Amr[];
  readonly acr: Acr;
  readonly isNewUser: boolean;
  readonly createdAt: Date;
  readonly revokedAt?: Date;
}

/** A grant, and whether what it stands on still holds. */
export interface GrantStanding {
  readonly grant: Grant;
  readonly user: User;
  /** Neither closed nor past. Closing a session revokes its grants; one that is merely past does not. */
  readonly isSessionAlive: boolean;
}

/** A grant that was just made, as far as it is stored; its tokens are signed once that is kept. */
export interface Granted {
  readonly grant: Grant;
  readonly user: User;
  /** The secret of its first refresh token, if it has one. */
  readonly refreshToken: string | undefined;
}

/** A grant on its way to a client: one minute, once. */
export interface AuthorizationCode {
  readonly digest: Digest;
  readonly grantId: GrantId;
  readonly clientId: ClientId;
  readonly redirectUri: string;
  readonly pkceChallenge?: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** What must be right for a code to be taken: all of it is in the one conditional write. */
export interface CodeClaim {
  readonly digest: Digest;
  readonly clientId: ClientId;
  readonly redirectUri: string;
  /** S256 of the verifier that was sent; absent when none was, and then only a code without a challenge matches. */
  readonly pkceChallenge?: string;
}

export interface RefreshToken {
  readonly digest: Digest;
  readonly grantId: GrantId;
  readonly clientId: ClientId;
  readonly parentDigest?: Digest;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly spentAt?: Date;
  /** The next of the family, sealed, so that a lost answer can be given again for a few seconds. */
  readonly successor?: { readonly digest: Digest; readonly sealed: Sealed };
}
