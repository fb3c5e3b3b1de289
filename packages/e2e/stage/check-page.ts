/** What a page owes to whoever sees little of it, or has no mouse. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type axeCore from 'axe-core';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const mostStops = 12;

/** On a narrow phone, light and dark: axe finds nothing, nothing is wider than the screen, and each stop of the keyboard shows itself. Gives the stops in their order. */
export async function checkPage(page: Page): Promise<readonly string[]> {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.evaluate(axeSource);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    assert.deepEqual(await violationsOf(page), [], `${page.url()}, ${colorScheme}`);
  }
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, `${page.url()} is wider than the screen`);
  return stopsOf(page);
}

function violationsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { readonly axe: typeof axeCore };
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  });
}

/** From the top, until the page has no more. A stop that nobody can see fails. */
async function stopsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  const stops: string[] = [];
  while (stops.length < mostStops) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return undefined;
      const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : element.textContent;
      return { name: label?.trim() ?? '', outline: getComputedStyle(element).outlineStyle };
    });
    if (stop === undefined) return stops;
    assert.notEqual(stop.outline, 'none', `${page.url()}: nobody sees that "${stop.name}" has the focus`);
    stops.push(stop.name);
  }
  return stops;
}
