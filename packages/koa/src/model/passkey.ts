import type { PasskeyId, UserId } from './ids.ts';

/** A passkey's public side. */
export interface Passkey {
  /** The credential id, base64url. */
  readonly id: PasskeyId;
  readonly userId: UserId;
  readonly rpId: string;
  /** COSE, base64url. */
  readonly publicKey: string;
  readonly algorithm: number;
  readonly counter: number;
  readonly transports: readonly string[];
  /** May be synced (the BE flag). It stays as it was at registration. */
  readonly isBackupEligible: boolean;
  readonly isBackedUp: boolean;
  readonly isUserVerified: boolean;
  readonly aaguid: string;
  readonly attestationFormat: string;
  readonly nickname: string;
  readonly createdAt: Date;
  readonly lastUsedAt?: Date;
  /** When its counter first did not rise: the key may exist twice (WebAuthn Level 3, section 6.1.1). */
  readonly copySuspectedAt?: Date;
}
