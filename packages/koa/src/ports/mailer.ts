import type { Mail } from '../model/mail.ts';

/** Sends one mail to one mailbox, or throws; what is thrown is tried again later. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}
