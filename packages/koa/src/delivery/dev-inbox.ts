import type { Mail } from '../model/mail.ts';
import type { Mailer } from '../ports/mailer.ts';

/** A mailer for development and tests: it sends nothing and keeps the last hundred mails in memory. */
export interface DevInbox extends Mailer {
  /** Newest first. */
  list(): readonly Mail[];
  /** The newest to an address, in canonical form. */
  last(to: string): Mail | undefined;
  /** The one-time code of the newest mail to an address that carries one. */
  lastCode(to: string): string | undefined;
  /** The link of the newest mail to an address that carries one. */
  lastLink(to: string): string | undefined;
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

/** Keeps mails in memory, in the clear: never where real people sign in. */
export function devInbox(): DevInbox {
  const mails: Mail[] = [];

  function newest(to: string, read: (mail: Mail) => string | undefined): string | undefined {
    return mails.filter((mail) => mail.to === to).map(read).find((found) => found !== undefined);
  }

  return {
    async send(mail) {
      mails.unshift(mail);
      mails.length = Math.min(mails.length, kept);
    },
    list: () => [...mails],
    last: (to) => mails.find((mail) => mail.to === to),
    lastCode: (to) => newest(to, codeIn),
    lastLink: (to) => newest(to, linkIn),
  };
}
