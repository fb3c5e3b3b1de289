import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { ChallengeId } from '../model/ids.ts';
import type { QueuedMail } from '../model/mail.ts';
import type { Outbox } from '../ports/outbox.ts';
import { compileOnce } from './compile-once.ts';
import { toMoment, toRecord } from './record.ts';
import { removeSome } from './remove-some.ts';
import type { QueuedMailRow } from './schema.ts';
import type { StoreDeps } from './store-deps.ts';

const insertMail = compileOnce(({ db }, mail: Insertable<QueuedMailRow>) => db.insertInto('portico_queued_mail').values(mail));

interface Lease {
  readonly now: Date;
  readonly leaseUntil: Date;
  readonly limit: number;
}

/** Two senders at once take different mails instead of waiting for each other. */
const claimDue = compileOnce(({ db, engine }, { now, leaseUntil, limit }: Lease) => {
  const due = db.selectFrom('portico_queued_mail').select('id')
    .where('sent_at', 'is', null).where('next_attempt_at', '<=', now).where('expires_at', '>', now)
    .orderBy('next_attempt_at').limit(limit);
  return db.with('due', () => engine.locksRows ? due.forUpdate().skipLocked() : due)
    .updateTable('portico_queued_mail').set({ next_attempt_at: leaseUntil })
    .where('id', 'in', (mail) => mail.selectFrom('due').select('due.id')).returningAll();
});

const markSent = compileOnce(({ db }, { id, now }: { readonly id: string; readonly now: Date }) =>
  db.updateTable('portico_queued_mail').set({ sent_at: now, sealed: null }).where('id', '=', id).where('sent_at', 'is', null));

const findDelivery = compileOnce(({ db }, { challengeId }: { readonly challengeId: ChallengeId }) =>
  db.selectFrom('portico_queued_mail').select(['sent_at', 'attempts']).where('challenge_id', '=', challengeId)
    .orderBy('created_at', 'desc').limit(1));

export function createOutbox(deps: StoreDeps): Outbox {
  const { db } = deps;
  return {
    async insert(mail) {
      await insertMail(deps, {
        id: mail.id,
        challenge_id: mail.challengeId ?? null,
        sealed: mail.sealed,
        attempts: mail.attempts,
        created_at: mail.createdAt,
        next_attempt_at: mail.nextAttemptAt,
        expires_at: mail.expiresAt,
        sent_at: null,
      });
    },
    async claimDue(now, leaseUntil, limit) {
      const { rows } = await claimDue(deps, { now, leaseUntil, limit });
      return rows.flatMap(toQueuedMail);
    },
    async markSent(id, now) {
      await markSent(deps, { id, now });
    },
    async postpone(id, nextAttemptAt) {
      await db.updateTable('portico_queued_mail')
        .set((mail) => ({ attempts: mail('attempts', '+', 1), next_attempt_at: nextAttemptAt }))
        .where('id', '=', id).where('sent_at', 'is', null).execute();
    },
    async findDelivery(challengeId) {
      const { rows: [row] } = await findDelivery(deps, { challengeId });
      if (row === undefined) return undefined;
      if (row.sent_at !== null) return 'sent';
      return row.attempts === 0 ? 'sending' : 'delayed';
    },
    removeExpired: (now, limit) => removeSome(deps, {
      table: 'portico_queued_mail', key: 'id', past: 'expires_at', where: sql`expires_at <= ${now}`,
    }, limit),
  };
}

function toQueuedMail(row: Selectable<QueuedMailRow>): readonly QueuedMail[] {
  if (row.sealed === null) return [];
  return [toRecord<QueuedMail>({
    id: row.id,
    challengeId: row.challenge_id,
    sealed: row.sealed,
    attempts: row.attempts,
    createdAt: toMoment(row.created_at),
    nextAttemptAt: toMoment(row.next_attempt_at),
    expiresAt: toMoment(row.expires_at),
  })];
}
