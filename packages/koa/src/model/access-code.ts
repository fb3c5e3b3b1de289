import type { AppId, Digest, UserId } from './ids.ts';

/** A code that support gave somebody for one sign-in to one app. A user has one at a time in an app. */
export interface AccessCode {
  readonly userId: UserId;
  readonly appId: AppId;
  readonly codeDigest: Digest;
  /** Who issued it, as the audit trail names them. */
  readonly issuer: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}
