import type { Mail } from '../../model/mail.ts';
import type { MailInput } from './mail-input.ts';
import { noticeMail } from './notice-mail.ts';

/** The notice that an account has a new password: if its owner did not set it, they learn of it here. */
export function passwordSetMail(input: MailInput): Mail {
  return noticeMail(input, (texts) => ({
    subject: texts.passwordSetSubject,
    title: texts.passwordSetTitle,
    lead: texts.passwordSetLead,
    notYou: texts.notYouPassword,
  }));
}
