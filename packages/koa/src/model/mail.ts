import type { ChallengeId, Sealed } from './ids.ts';

/** A mail for one mailbox, in both forms. */
export interface Mail {
  readonly to: string;
  readonly fromName: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** A mail that waits to be sent. It carries secrets, so it is kept sealed and dropped once it is sent. */
export interface QueuedMail {
  readonly id: string;
  /** What it belongs to, so that a screen can tell whether it is out. */
  readonly challengeId?: ChallengeId;
  readonly sealed: Sealed;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly nextAttemptAt: Date;
  /** Worth nothing after this: dropped unsent. */
  readonly expiresAt: Date;
}

export type Delivery = 'sending' | 'sent' | 'delayed';
