import type { QueuedMail } from '../model/mail.ts';
import type { Clock } from '../ports/clock.ts';
import type { Mailer } from '../ports/mailer.ts';
import type { SmsSender } from '../ports/sms-sender.ts';
import type { Vault } from '../ports/vault.ts';
import { openLetter } from './sealed-letter.ts';

interface SendDeps {
  readonly vault: Vault;
  readonly clock: Clock;
  readonly mailer: Mailer;
  readonly smsSender?: SmsSender | undefined;
}

/** Gives what waits to whoever sends that kind. What they throw is thrown. */
export function sendLetter(queued: QueuedMail, { vault, clock, mailer, smsSender }: SendDeps): Promise<void> {
  const letter = openLetter(queued, vault);
  switch (letter.kind) {
    case 'mail':
      return mailer.send(letter.mail);
    case 'sms':
      // The service does not start without one where SMS are on; a later start may have lost it.
      if (smsSender === undefined) return Promise.reject(new Error('There is nobody who sends SMS.'));
      return smsSender.sendSms({ ...letter.sms, id: queued.id, sentAt: clock.now(), expiresAt: queued.expiresAt });
    case 'nothing':
      return Promise.resolve();
    default:
      return letter satisfies never;
  }
}
