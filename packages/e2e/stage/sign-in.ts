/** What people do at the widget, in the words that they read there. */
import type { Page } from 'playwright-core';
import type { Example } from './start-example.ts';
import { newestMail, readMails } from './inbox.ts';

export async function askForMail(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
}

/** Types the code of the newest mail; the widget sends it off by itself. */
export async function typeCode(page: Page, code: string): Promise<void> {
  const field = page.getByLabel(/-digit code/);
  await field.click();
  await field.pressSequentially(code);
}

/** From the first screen to the protected route's answer, with a code. */
export async function signInWithCode(page: Page, { origin }: Example, email: string): Promise<void> {
  const before = (await readMails(origin, email)).length;
  await page.goto(origin);
  await askForMail(page, email);
  const { code } = await newestMail(origin, email, before + 1);
  await typeCode(page, code ?? '');
}

/** What the protected route said of whoever is signed in. */
export async function readClaims(page: Page): Promise<{ readonly sub: string; readonly amr: readonly string[]; readonly acr: string; readonly clientId: string }> {
  const text = await page.locator('#claims:not(:empty)').innerText();
  return JSON.parse(text);
}

/** Types a code and waits until the app has taken the browser back to its home page, signed in. */
export async function typeCodeAndReturn(page: Page, code: string, origin: string): Promise<void> {
  const home = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame() && frame.url() === `${origin}/`);
  await typeCode(page, code);
  await home;
  await page.waitForLoadState();
}
