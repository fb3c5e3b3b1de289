/** What a person reads on their phone: the inbox of development stands for it. */
import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import type { StartedApp } from './start-app.ts';

/** The card of the newest SMS to a number, once there are so many. */
export function readPhone(page: Page, { origin }: StartedApp, { number, count = 1 }: { readonly number: string; readonly count?: number }): Promise<string> {
  return eventually(`SMS ${count} to ${number}`, async () => {
    const cards = (await (await page.request.get(`${origin}/auth/dev/inbox`)).text()).split('<li class="card">').slice(1);
    const [newest, ...older] = cards.filter((card) => card.includes('SMS') && card.includes(`to ${number}<`));
    return older.length + 1 >= count ? newest : undefined;
  });
}

/** The digits in it, as the browser itself finds them (WebOTP). */
export const codeIn = (sms: string): string => /^@localhost #(\d{6})</m.exec(sms)?.[1] ?? '';
