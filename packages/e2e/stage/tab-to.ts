/** What somebody without a mouse does. */
import type { Page } from 'playwright-core';

/** Presses Tab until the named control has the focus. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 25; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])].map((label) => label.textContent) : [];
      return [element?.textContent, element?.getAttribute('aria-label'), ...labels].join(' ').trim();
    });
    if (focused.includes(name)) return;
  }
  throw new Error(`no way to "${name}" with the keyboard`);
}
