import type { Origin } from './flow.ts';
import type { DeviceId, Digest, SessionId, UserId } from './ids.ts';
import type { Proof } from './proof.ts';

/** A browser signed in with us. `id` is the `sid` of tokens; the cookie's secret is another value. */
export interface Session {
  readonly id: SessionId;
  readonly secretDigest: Digest;
  readonly userId: UserId;
  readonly proofs: readonly Proof[];
  readonly origin: Origin;
  /** The device that it was opened at, which may have spared its user the second factor. */
  readonly deviceId?: DeviceId;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  /** Slides with use. */
  readonly idleExpiresAt: Date;
  /** Does not. */
  readonly expiresAt: Date;
}
