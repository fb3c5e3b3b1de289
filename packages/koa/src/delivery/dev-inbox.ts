import type { Mail } from '../model/mail.ts';
import type { OutgoingSms } from '../model/sms.ts';
import type { Mailer } from '../ports/mailer.ts';
import type { SmsSender } from '../ports/sms-sender.ts';

/** A mail or an SMS, as it came. */
export type Received = { readonly kind: 'mail'; readonly mail: Mail } | { readonly kind: 'sms'; readonly sms: OutgoingSms };

/** A mailer and an SMS sender for development and tests: it sends nothing and keeps the last hundred in memory. */
export interface DevInbox extends Mailer, SmsSender {
  /** Mails and SMS, newest first. */
  listAll(): readonly Received[];
  /** The mails, newest first. */
  list(): readonly Mail[];
  /** The newest mail to an address, in canonical form. */
  last(to: string): Mail | undefined;
  /** The one-time code of the newest mail to an address that carries one. */
  lastCode(to: string): string | undefined;
  /** The link of the newest mail to an address that carries one. */
  lastLink(to: string): string | undefined;
  /** The SMS, newest first. */
  listSms(): readonly OutgoingSms[];
  /** The one-time code of the newest SMS to a number, in E.164. */
  lastSmsCode(to: string): string | undefined;
}

const kept = 100;

/** The one-time code in a mail: it stands alone on its line. */
export function codeIn({ text }: Mail): string | undefined {
  return /^\d{4,8}$/m.exec(text)?.[0];
}

/** The link in a mail that signs in. */
export function linkIn({ text }: Mail): string | undefined {
  return /^https?:\/\/\S+\/link\/[\w-]+$/m.exec(text)?.[0];
}

/** The one-time code in an SMS: the last line binds it to its page. */
function smsCodeIn({ text }: OutgoingSms): string | undefined {
  return /^@\S+ #(\d{4,8})$/m.exec(text)?.[1];
}

/** Keeps mails and SMS in memory, in the clear: never where real people sign in. */
export function devInbox(): DevInbox {
  const received: Received[] = [];

  function keep(one: Received): void {
    received.unshift(one);
    received.length = Math.min(received.length, kept);
  }

  const mails = (): readonly Mail[] => received.flatMap((one) => (one.kind === 'mail' ? [one.mail] : []));
  const texts = (): readonly OutgoingSms[] => received.flatMap((one) => (one.kind === 'sms' ? [one.sms] : []));

  function newest<Message extends { readonly to: string }>(from: readonly Message[], to: string, read: (message: Message) => string | undefined): string | undefined {
    return from.filter((message) => message.to === to).map(read).find((found) => found !== undefined);
  }

  return {
    async send(mail) {
      keep({ kind: 'mail', mail });
    },
    async sendSms(sms) {
      keep({ kind: 'sms', sms });
    },
    listAll: () => [...received],
    list: mails,
    last: (to) => mails().find((mail) => mail.to === to),
    lastCode: (to) => newest(mails(), to, codeIn),
    lastLink: (to) => newest(mails(), to, linkIn),
    listSms: texts,
    lastSmsCode: (to) => newest(texts(), to, smsCodeIn),
  };
}
