/**
 * The outbox: a mail or an SMS is stored with what it belongs to, and sent afterwards.
 *
 * Owns: that none is lost (it stays until a server took it, or refused it for good, or it is worth nothing), that no
 * response waits for such a server, and that what was sent is not sent again.
 * Does not own: what it says (templates/), how it is sent (send-letter.ts, the mailer, the SMS sender).
 */
import type { ChallengeId } from '../model/ids.ts';
import type { Mail, QueuedMail } from '../model/mail.ts';
import type { Sms } from '../model/sms.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Mailer } from '../ports/mailer.ts';
import type { Random } from '../ports/random.ts';
import { SmsRefusedError, type SmsSender } from '../ports/sms-sender.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import { describeFault } from './describe-fault.ts';
import { sealLetter, type Letter } from './sealed-letter.ts';
import { sendLetter } from './send-letter.ts';
import { within } from './within.ts';

/** A mailer that may keep connections open. */
export interface ClosableMailer extends Mailer {
  readonly close?: () => void;
}

export interface OutboxDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly mailer: ClosableMailer;
  /** Needed where SMS are queued. */
  readonly smsSender?: SmsSender | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** What a mail belongs to, and how long it is worth anything. */
export interface QueueOptions {
  readonly challengeId?: ChallengeId;
  readonly expiresAt: Date;
}

/** Takes mails and delivers them. */
export interface Outbox {
  /**
   * Stores a mail. With the `store` of a running transaction it is part of it; call `nudge` after the commit then.
   * Without one the delivery is nudged at once.
   */
  queue(mail: Mail | undefined, options: QueueOptions, store?: Store): Promise<void>;
  /**
   * The same for an SMS. Without a mail or an SMS the same work is done and nothing is sent, so that nobody can tell whether somebody
   * else was written to.
   */
  queueSms(sms: Sms | undefined, options: QueueOptions, store?: Store): Promise<void>;
  /** Delivers what is due in the background, if the outbox was started. Never waits, never throws. */
  nudge(): void;
  /**
   * Delivers what is due, and resolves when that, and what was on its way already, is done: how many of the due ones the
   * mail server took. A failing server is no error.
   */
  deliverDue(): Promise<number>;
  /** From now on looks for due mails every second. The timer keeps no process alive. */
  start(): void;
  /** Looks no more, and resolves when the mails on their way are out and the mailer has let its connections go. */
  stop(): Promise<void>;
}

/** Mails on their way at once. */
const concurrency = 5;
const tickMs = 1_000;
/** A mailer that hangs holds up a worker for no longer than this. */
const sendTimeoutMs = 120_000;
/** Longer than a mail may be on its way, so that its lease does not end before. */
const leaseMs = 180_000;
const longestPauseMs = 60_000;

/** 2 s, 4 s, 8 s … up to a minute. */
function pauseAfter(attempts: number): number {
  return Math.min(longestPauseMs, 1_000 * 2 ** Math.min(attempts + 1, 10));
}

function later(moment: Date, byMs: number): Date {
  return new Date(moment.getTime() + byMs);
}

/** Sends one leased mail, outside any transaction, and notes what came of it. */
async function sendOne(queued: QueuedMail, deps: OutboxDeps): Promise<boolean> {
  const { store, clock, log } = deps;
  try {
    await within(sendTimeoutMs, sendLetter(queued, deps));
  } catch (fault) {
    if (fault instanceof SmsRefusedError) return dropRefused(queued, fault, deps);
    log.warn('mail_delayed', { mail_id: queued.id, attempts: queued.attempts + 1, ...describeFault(fault) });
    await store.outbox.postpone(queued.id, later(clock.now(), pauseAfter(queued.attempts)));
    return false;
  }
  await store.outbox.markSent(queued.id, clock.now());
  log.info('mail_sent', { mail_id: queued.id, attempts: queued.attempts + 1 });
  return true;
}

/** Nobody is helped by another try, and each one costs. */
async function dropRefused({ id, attempts }: QueuedMail, fault: SmsRefusedError, { store, clock, log }: OutboxDeps): Promise<boolean> {
  log.warn('sms_refused', { mail_id: id, attempts: attempts + 1, ...describeFault(fault) });
  await store.outbox.markSent(id, clock.now());
  return false;
}

/** Up to `concurrency` workers, each with one mail at a time, so that a slow mail holds up no other. */
function createDelivery(deps: OutboxDeps, isStopped: () => boolean): () => Promise<number> {
  const { store, clock, log } = deps;
  let workers = 0;

  async function claimOne(): Promise<QueuedMail | undefined> {
    if (isStopped()) return undefined;
    const now = clock.now();
    const [mail] = await store.outbox.claimDue(now, later(now, leaseMs), 1);
    return mail;
  }

  async function work(): Promise<number> {
    if (workers >= concurrency) return 0;
    workers += 1;
    const siblings: Promise<number>[] = [];
    let sent = 0;
    try {
      for (let mail = await claimOne(); mail !== undefined; mail = await claimOne()) {
        siblings.push(work());
        if (await sendOne(mail, deps)) sent += 1;
      }
    } catch (fault) {
      // The store's fault: the lease ends, and the mail is taken again.
      log.error('outbox_failed', describeFault(fault));
    } finally {
      workers -= 1;
    }
    const bySiblings = await Promise.all(siblings);
    return bySiblings.reduce((sum, count) => sum + count, sent);
  }

  return work;
}

/** An outbox over the store. Every node may run one: a lease gives each mail to one of them. */
export function createOutbox(deps: OutboxDeps): Outbox {
  const { store, vault, mailer, clock, random } = deps;
  const running = new Set<Promise<number>>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let isStopped = false;
  const deliver = createDelivery(deps, () => isStopped);

  function startDelivery(): Promise<number> {
    const delivery = deliver().finally(() => running.delete(delivery));
    running.add(delivery);
    return delivery;
  }

  async function deliverDue(): Promise<number> {
    const own = startDelivery();
    // A mail that is on its way already is leased to the delivery that took it.
    await Promise.all(running);
    return own;
  }

  function nudge(): void {
    if (timer !== undefined) void startDelivery();
  }

  async function queueLetter(letter: Letter, { challengeId, expiresAt }: QueueOptions, transaction: Store | undefined): Promise<void> {
    const now = clock.now();
    const id = random.id();
    await (transaction ?? store).outbox.insert({
      id,
      sealed: sealLetter(id, letter, vault),
      attempts: 0,
      createdAt: now,
      nextAttemptAt: now,
      expiresAt,
      ...(challengeId === undefined ? {} : { challengeId }),
    });
    if (transaction === undefined) nudge();
  }

  return {
    queue: (mail, options, transaction) => queueLetter(mail === undefined ? { kind: 'nothing' } : { kind: 'mail', mail }, options, transaction),
    queueSms: (sms, options, transaction) => queueLetter(sms === undefined ? { kind: 'nothing' } : { kind: 'sms', sms }, options, transaction),
    nudge,
    deliverDue,
    start() {
      isStopped = false;
      timer ??= setInterval(nudge, tickMs).unref();
      nudge();
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      timer = undefined;
      await Promise.all(running);
      mailer.close?.();
    },
  };
}
