/** The end of a sign-in, as its person sees it, and what the app then knows of them. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { StartedApp } from './start-app.ts';

/** Does what ends a flow, and waits until the app has taken the browser back to its home page. */
export async function comesHome(page: Page, { origin }: StartedApp, act: () => Promise<unknown>): Promise<void> {
  const home = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame() && frame.url() === `${origin}/`);
  await act();
  await home;
  await page.waitForLoadState();
}

/** What the protected route knows of whoever is signed in. */
export async function readClaims(page: Page, { origin }: StartedApp): Promise<{ readonly sub: string; readonly acr: string; readonly amr: readonly string[] }> {
  const answer = await page.request.get(`${origin}/api/me`);
  assert.equal(answer.status(), 200);
  return answer.json() as Promise<{ sub: string; acr: string; amr: readonly string[] }>;
}
