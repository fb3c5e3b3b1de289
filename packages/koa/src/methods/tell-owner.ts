import type { Outbox } from '../delivery/outbox.ts';
import type { MailInput } from '../delivery/templates/mail-input.ts';
import { mailInputOf } from '../delivery/templates/mail-input-of.ts';
import { noticeSms } from '../delivery/templates/notice.sms.ts';
import type { Flow } from '../model/flow.ts';
import type { Mail } from '../model/mail.ts';
import type { Sms } from '../model/sms.ts';
import type { User } from '../model/user.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { MethodContext } from './method.ts';

/** Sends a notice by SMS, as far as the budgets of SMS allow. With the `store` of a running transaction it is part of it. */
export type TellBySms = (sms: Sms, happened: Happened, store?: Store) => Promise<void>;

/** What it takes to tell an owner something. */
export interface TellDeps {
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly tellBySms: TellBySms;
  /** Where what an app names by a path is. */
  readonly issuer: string;
  /** Of a running transaction that the mail is part of. @default it is queued at once */
  readonly store?: Store;
}

/** Where it happened. */
export interface Happened extends Pick<MethodContext, 'app'> {
  readonly flow: Pick<Flow, 'language' | 'origin'>;
}

/** A day later it is no news. */
export const noticeMs = 86_400_000;

/**
 * Tells the owner of an account what happened at it: it may have been somebody else. By mail or, where there is a number
 * alone, by SMS, which says no more than a mail's subject. Only what was proved is written to.
 */
export async function tellOwner(write: (input: MailInput) => Mail, { email, phone }: User, { app, flow, store, ...deps }: Happened & TellDeps): Promise<void> {
  const { language, origin } = flow;
  const writeTo = (to: string): Mail => write(mailInputOf(to, { app, language, origin }, deps));
  if (email?.verifiedAt !== undefined) {
    await deps.outbox.queue(writeTo(email.canonical), { expiresAt: new Date(deps.clock.now().getTime() + noticeMs) }, store);
  } else if (phone?.verifiedAt !== undefined) {
    const happened = writeTo('').subject;
    await deps.tellBySms(noticeSms({ to: phone.canonical, happened, language }), { app, flow }, store);
  }
}
