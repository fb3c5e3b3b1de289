import type { Mail } from '../../model/mail.ts';
import type { MailInput } from './mail-input.ts';
import { noticeMail } from './notice-mail.ts';

/** The notice that all second factors of an account are gone. */
export function factorsResetMail(input: MailInput): Mail {
  return noticeMail(input, (texts) => ({
    subject: texts.factorsResetSubject,
    title: texts.factorsResetTitle,
    lead: texts.factorsResetLead,
    notYou: texts.notYouSecondFactor,
  }));
}
