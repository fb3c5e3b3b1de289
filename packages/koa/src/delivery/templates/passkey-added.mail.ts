import type { Mail } from '../../model/mail.ts';
import type { MailInput } from './mail-input.ts';
import { noticeMail } from './notice-mail.ts';

/** The notice that an account has a new passkey: if its owner did not make it, they learn of it here. */
export function passkeyAddedMail(input: MailInput): Mail {
  return noticeMail(input, (texts) => ({
    subject: texts.passkeyAddedSubject,
    title: texts.passkeyAddedTitle,
    lead: texts.passkeyAddedLead,
    notYou: texts.notYouPasskey,
  }));
}
