import type { Mail } from '../../model/mail.ts';
import type { MailInput } from './mail-input.ts';
import { noticeMail } from './notice-mail.ts';

/** The notice that an account has a new authenticator app: if its owner did not add it, they learn of it here. */
export function totpAddedMail(input: MailInput): Mail {
  return noticeMail(input, (texts) => ({
    subject: texts.totpAddedSubject,
    title: texts.totpAddedTitle,
    lead: texts.totpAddedLead,
    notYou: texts.notYouSecondFactor,
  }));
}
