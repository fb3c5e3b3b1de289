import type { Mail } from '../../model/mail.ts';
import type { MailInput } from './mail-input.ts';
import { noticeMail } from './notice-mail.ts';

/** The notice that a recovery code opened an account: if its owner did not use it, somebody has their paper. */
export function recoveryCodeUsedMail(input: MailInput): Mail {
  return noticeMail(input, (texts) => ({
    subject: texts.recoveryCodeUsedSubject,
    title: texts.recoveryCodeUsedTitle,
    lead: texts.recoveryCodeUsedLead,
    notYou: texts.notYouSecondFactor,
  }));
}
