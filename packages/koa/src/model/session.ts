import type { Origin } from './flow.ts';
import type { ClientId, DeviceId, Digest, SessionId, UserId } from './ids.ts';
import type { Proof } from './proof.ts';

/** A browser, or a client's backend, signed in with us. `id` is the `sid` of tokens; the secret is another value. */
export interface Session {
  readonly id: SessionId;
  readonly secretDigest: Digest;
  readonly userId: UserId;
  /** The client whose backend has it: no browser does, and no other client's. */
  readonly clientId?: ClientId;
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
