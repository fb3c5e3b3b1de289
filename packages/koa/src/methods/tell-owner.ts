import type { Outbox } from '../delivery/outbox.ts';
import type { MailInput } from '../delivery/templates/mail-input.ts';
import type { Mail } from '../model/mail.ts';
import type { User } from '../model/user.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { MethodContext } from './method.ts';

/** What it takes to tell an owner something. */
export interface TellDeps {
  readonly outbox: Outbox;
  readonly clock: Clock;
  /** Of a running transaction that the mail is part of. @default it is queued at once */
  readonly store?: Store;
}

/** Where it happened. */
export type Happened = Pick<MethodContext, 'app' | 'flow'>;

/** A day later it is no news. */
const worthMs = 86_400_000;

/** Tells the owner of an account by mail what happened at it: it may have been somebody else. Only an address that was proved hears of it. */
export async function tellOwner(write: (input: MailInput) => Mail, { email }: User, { app, flow, outbox, clock, store }: Happened & TellDeps): Promise<void> {
  if (email?.verifiedAt === undefined) return;
  const requestedAt = clock.now();
  const mail = write({
    to: email.canonical,
    app: { name: app.name, ...(app.url === undefined ? {} : { url: app.url }), ...app.preferences.branding },
    language: flow.language,
    origin: flow.origin,
    requestedAt,
  });
  await outbox.queue(mail, { expiresAt: new Date(requestedAt.getTime() + worthMs) }, store);
}
