import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { invite } from '../stage/open-browser.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, typeCodeAndReturn } from '../stage/sign-in.ts';
import { startApp, type StartedApp } from '../stage/start-app.ts';

async function signIn(page: Page, app: StartedApp, address: string): Promise<void> {
  await page.goto(app.origin);
  await askForMail(page, address);
  await typeCodeAndReturn(page, await app.codeTo(address), app.origin);
}

describe('refresh', () => {
  // `signIn` renews what ends within thirty seconds: two seconds after it was issued.
  const stage = setStage(() => startApp({ accessTokenSeconds: 32 }));

  test('an access token that ends is renewed without a word, once however many requests arrive together', async () => {
    const { page } = await invite(stage.browser);
    await signIn(page, stage.app, 'rio@example.test');
    const before = stage.app.tokenRequests.length;
    await sleep(2_500);
    // Chromium sends requests for one address one after the other; for twelve addresses, as many as it has connections.
    const statuses = await page.evaluate(() => Promise.all(Array.from({ length: 12 }, async (_, n) => (await fetch(`/api/me?n=${n}`)).status)));
    assert.deepEqual(new Set(statuses), new Set([200]));
    assert.equal(stage.app.tokenRequests.length - before, 1);
  });

  test('the renewed session goes on being renewed', async () => {
    const { page } = await invite(stage.browser);
    await signIn(page, stage.app, 'sue@example.test');
    for (let visit = 0; visit < 3; visit += 1) {
      await sleep(2_500);
      assert.equal(await page.evaluate(async () => (await fetch('/api/me')).status), 200);
    }
  });
});
