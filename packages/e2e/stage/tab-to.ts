/** What somebody without a mouse does. */
import type { Page } from 'playwright-core';

/**
 * Presses Tab until the named control has the focus. Behind the last control of a page the focus is nowhere, which is no
 * control of any name, and the next press begins at the top.
 */
export async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 25; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await nameOfFocused(page);
    if (focused?.includes(name) === true) return;
    passed.push(focused ?? '(nothing)');
  }
  throw new Error(`no way to "${name}" with the keyboard, past ${passed.join(', ')}`);
}

const nameOfFocused = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body || element === document.documentElement) return undefined;
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])].map((label) => label.textContent) : [];
    return [element.textContent, element.getAttribute('aria-label'), ...labels].join(' ').trim();
  });
