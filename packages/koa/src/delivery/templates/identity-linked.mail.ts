import type { Mail } from '../../model/mail.ts';
import type { MailInput } from './mail-input.ts';
import { noticeMail } from './notice-mail.ts';
import { oneLine } from './one-line.ts';

/** The notice that a provider leads to an account: if its owner did not link it, they learn of it here. */
export function identityLinkedMail(input: MailInput, provider: string): Mail {
  const name = oneLine(provider);
  return noticeMail(input, (texts) => ({
    subject: (app) => texts.identityLinkedSubject(name, app),
    title: () => texts.identityLinkedTitle(name),
    lead: (app) => texts.identityLinkedLead(name, app),
    notYou: (app) => texts.notYouIdentity(name, app),
  }));
}
