/** The provider of the stories: its button with us, and its own pages. */
import type { Locator, Page } from 'playwright-core';

export const corpButton = (page: Page): Locator => page.getByRole('button', { name: /Continue with .*Corp/ });

/** At the provider's own pages. */
export async function signInThere(page: Page, login: string): Promise<void> {
  await page.locator('[name=login]').fill(login);
  await page.locator('[name=password]').fill('x');
  await page.getByRole('button', { name: /sign-in/i }).click();
  await page.getByRole('button', { name: /continue/i }).click();
}
