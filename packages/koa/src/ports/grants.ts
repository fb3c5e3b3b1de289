import type { AuthorizationCode, CodeClaim, Grant, GrantStanding, RefreshToken } from '../model/grant.ts';
import type { ClientId, Digest, GrantId, Sealed, UserId } from '../model/ids.ts';

export interface Grants {
  /**
   * Under a session that was closed meanwhile it is revoked from the start.
   *
   * @param usefulUntil When its first refresh token could end at most; absent if it will have none.
   */
  insert(grant: Omit<Grant, 'revokedAt'>, usefulUntil?: Date): Promise<void>;
  /** Revoked ones too: the caller looks at `revokedAt`. */
  find(id: GrantId): Promise<Grant | undefined>;
  /** The same with what a caller must know of its user and its session, in one statement: for what is asked often. */
  findStanding(id: GrantId, now: Date): Promise<GrantStanding | undefined>;
  /** The same of the grant that a code leads to. */
  findStandingOfCode(code: Digest, now: Date): Promise<GrantStanding | undefined>;
  /** `false` if it was revoked already. */
  revoke(id: GrantId, now: Date): Promise<boolean>;
  /** All of the user's: those of sessions that are past live on otherwise. */
  revokeAllOf(userId: UserId, now: Date): Promise<void>;
  /**
   * Removes those that were revoked before this, or whose last refresh token was past a day before. What hangs on them
   * goes first:
   * at most `limit` rows of each kind. Fewer in all says that none are left.
   */
  removeEnded(before: Date, limit: number): Promise<number>;
}

export interface AuthorizationCodes {
  insert(code: AuthorizationCode): Promise<void>;
  /** Spends the code if everything in `claim` fits. Of two callers at the same moment one is told `true`. */
  claim(claim: CodeClaim, now: Date): Promise<boolean>;
  /** A code that was spent and that everything in `claim` fits: somebody replays it. */
  findSpent(claim: CodeClaim): Promise<AuthorizationCode | undefined>;
  removeExpired(before: Date, limit: number): Promise<number>;
}

export interface RefreshTokens {
  /** The first of a grant, which was told how long this one could live. */
  insert(token: RefreshToken): Promise<void>;
  find(digest: Digest, clientId: ClientId): Promise<RefreshToken | undefined>;
  /**
   * Spends `digest` and stores its successor, in one transaction, if it is this client's, unspent and not past and its
   * grant is not revoked. Otherwise nothing was stored.
   */
  rotate(digest: Digest, successor: RefreshToken & { readonly sealed: Sealed }, now: Date): Promise<boolean>;
  removeExpired(before: Date, limit: number): Promise<number>;
}
