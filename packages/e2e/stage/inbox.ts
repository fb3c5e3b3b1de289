/** What a person finds in the development inbox. */
import { eventually } from './eventually.ts';

export interface ReadMail {
  readonly to: string;
  readonly code: string | undefined;
  readonly link: string | undefined;
  /** Where to say that a new device is not one's own. */
  readonly notMe: string | undefined;
}

function mailsOf(page: string): readonly ReadMail[] {
  return page.split('<li class="card">').slice(1).map((card) => ({
    to: />to ([^<]+)</.exec(card)?.[1] ?? '',
    code: /^\d{4,8}$/m.exec(card.replace(/<[^>]+>/g, '\n'))?.[0],
    link: /href="([^"]+\/link\/[^"]+)"/.exec(card)?.[1],
    notMe: /https?:[^"<\s]+\/not-me\/[^"<\s]+/.exec(card)?.[0],
  }));
}

export async function readMails(origin: string, to: string): Promise<readonly ReadMail[]> {
  const page = await (await fetch(`${origin}/auth/dev/inbox`)).text();
  return mailsOf(page).filter((mail) => mail.to === to);
}

/** Waits until so many mails came, and gives the newest. */
export function newestMail(origin: string, to: string, count = 1): Promise<ReadMail> {
  return eventually(`mail ${count} to ${to}`, async () => {
    const mails = await readMails(origin, to);
    return mails.length >= count ? mails[0] : undefined;
  });
}
