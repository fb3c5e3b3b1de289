import type { MethodName } from '@portico/contract';
import type { CanonicalEmail, CanonicalPhone, ChallengeId, ClientId, Digest, FlowId, UserId } from './ids.ts';

/**
 * What a challenge asks for. Part of what is looked up, so that nothing made for one purpose serves another. `second` is a
 * code beside the first factor, `contact` one to an address or a number that becomes the user's with it, `detour` one that a backend has sent elsewhere, `scan` the code that another device scans, `approve` the question for a passkey that is then put to that device.
 */
export type ChallengePurpose = 'prove' | 'recover' | 'second' | 'contact' | 'detour' | 'enroll' | 'scan' | 'approve';

/** Why a challenge no longer takes answers. */
export type ChallengeEnd = 'used' | 'replaced';

/** One question that waits for its answer. */
export interface Challenge {
  readonly id: ChallengeId;
  readonly flowId: FlowId;
  readonly clientId: ClientId;
  readonly method: MethodName;
  readonly purpose: ChallengePurpose;
  /** Of the code, the link's secret, or the WebAuthn challenge. */
  readonly secretDigest: Digest;
  /** The address that was asked. */
  readonly email?: CanonicalEmail;
  /** The number that was asked. */
  readonly phone?: CanonicalPhone;
  /** The user that was asked or, at enrolment, the one who gets the credential. */
  readonly userId?: UserId;
  /** What the method needs to judge and show: JSON, no secret in the clear. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly attemptsLeft: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly end?: ChallengeEnd;
}

export type NewChallenge = Omit<Challenge, 'end'>;
