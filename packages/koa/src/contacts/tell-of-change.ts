import { paths } from '@portico/contract';
import { contactChangedMail, contactNoticeMail } from '../delivery/templates/contact-changed.mail.ts';
import { contactChangedSms, noticeSms } from '../delivery/templates/notice.sms.ts';
import { noticeMs } from '../methods/tell-owner.ts';
import type { ContactKind } from '../model/contact.ts';
import type { EmailIdentifier, PhoneIdentifier, User } from '../model/user.ts';
import type { Asker, ContactDeps } from './contact-deps.ts';
import { contactUndoDigest } from './contact-secrets.ts';
import { mailInputOf } from '../delivery/templates/mail-input-of.ts';

/** How long a change may be taken back: somebody who is away for a few days still can. */
export const undoMs = 7 * 86_400_000;

/** Whose contact was changed, as they were before. */
export interface Changed {
  readonly asker: Omit<Asker, 'session'>;
  readonly user: User;
  readonly kind: ContactKind;
}

/**
 * Tells the old contact and gives it the link that takes the change back; the account's other contact is told too. Where
 * there was no old one, the other gets the link. Only what was proved is written to.
 */
export async function tellOfChange(changed: Changed, deps: ContactDeps): Promise<void> {
  const { asker, user, kind } = changed;
  const { random, vault, clock, store, issuer } = deps;
  const old = provedOf(user, kind);
  const other = provedOf(user, kind === 'email' ? 'phone' : 'email');
  const [first, second] = old === undefined ? [other] : [old, other];
  if (first === undefined) return;
  const secret = random.secret();
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + undoMs);
  await store.contactUndos.insert({
    digest: contactUndoDigest(secret, vault), userId: user.id, clientId: asker.client.id, kind, createdAt, expiresAt, ...(old === undefined ? {} : { before: old }),
  });
  await sendUndo(first, { changed, link: `${issuer}${paths.contactUndo}/${secret}`, until: expiresAt }, deps);
  if (second !== undefined) await sendNotice(second, changed, deps);
}

type Proved = EmailIdentifier | PhoneIdentifier;

function provedOf(user: User, kind: ContactKind): Proved | undefined {
  const found = user[kind];
  return found?.verifiedAt === undefined ? undefined : found;
}

const isPhone = (contact: Proved): contact is PhoneIdentifier => contact.canonical.startsWith('+') && !contact.canonical.includes('@');

interface Undoing {
  readonly changed: Changed;
  readonly link: string;
  readonly until: Date;
}

async function sendUndo(to: Proved, { changed, link, until }: Undoing, deps: ContactDeps): Promise<void> {
  const { asker, kind } = changed;
  if (isPhone(to)) {
    const sms = contactChangedSms({ to: to.canonical, kind, appName: asker.app.name, language: asker.language, link });
    return deps.tellBySms(sms, { app: asker.app, flow: asker }, deps.store);
  }
  const mail = contactChangedMail({ ...mailInputOf(to.canonical, asker, deps), kind, undo: { link, until } });
  return deps.outbox.queue(mail, { expiresAt: until }, deps.store);
}

async function sendNotice(to: Proved, { asker, kind }: Changed, deps: ContactDeps): Promise<void> {
  const mail = contactNoticeMail(mailInputOf(to.canonical, asker, deps), kind);
  if (!isPhone(to)) return deps.outbox.queue(mail, { expiresAt: new Date(deps.clock.now().getTime() + noticeMs) }, deps.store);
  const sms = noticeSms({ to: to.canonical, happened: mail.subject, language: asker.language });
  return deps.tellBySms(sms, { app: asker.app, flow: asker }, deps.store);
}
