import type { Mail } from '../../model/mail.ts';
import type { MailInput } from './mail-input.ts';
import { noticeMail } from './notice-mail.ts';

/** The notice that somebody got back into an account by what was sent here. */
export function recoveredMail(input: MailInput): Mail {
  return noticeMail(input, (texts) => ({
    subject: texts.recoveredSubject,
    title: texts.recoveredTitle,
    lead: texts.recoveredLead,
    notYou: texts.notYouPassword,
  }));
}
