/** What a person finds in the development inbox. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface ReadMail {
  readonly to: string;
  readonly code: string | undefined;
  readonly link: string | undefined;
  /** Where to say that a new device is not one's own. */
  readonly notMe: string | undefined;
}

const tries = 50;

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
export async function newestMail(origin: string, to: string, count = 1): Promise<ReadMail> {
  for (let look = 0; look < tries; look += 1) {
    const mails = await readMails(origin, to);
    const [newest] = mails;
    if (mails.length >= count && newest !== undefined) return newest;
    await sleep(200);
  }
  throw new Error(`no mail to ${to} arrived`);
}
