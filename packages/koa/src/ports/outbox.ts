import type { ChallengeId } from '../model/ids.ts';
import type { Delivery, QueuedMail } from '../model/mail.ts';

export interface Outbox {
  insert(mail: QueuedMail): Promise<void>;
  /** Leases up to `limit` mails that are due: no other caller gets them before `leaseUntil`. */
  claimDue(now: Date, leaseUntil: Date, limit: number): Promise<readonly QueuedMail[]>;
  /** The secret part is dropped; only that it was sent is kept, until it would have expired. */
  markSent(id: string, now: Date): Promise<void>;
  postpone(id: string, nextAttemptAt: Date): Promise<void>;
  findDelivery(challengeId: ChallengeId): Promise<Delivery | undefined>;
  removeExpired(now: Date, limit: number): Promise<number>;
}
