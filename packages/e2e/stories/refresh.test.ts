import assert from 'node:assert/strict';
import { after, before, describe, mock, test } from 'node:test';
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
  // The app, its guard and the service run in this process, and its clock stands still until a story steps it.
  before(() => mock.timers.enable({ apis: ['Date'], now: Date.now() }));
  const stage = setStage(() => startApp({ accessTokenSeconds: 300 }));
  after(() => mock.timers.reset());
  /** `signIn` renews what ends within thirty seconds. */
  const comeNearTheEnd = (): void => mock.timers.setTime(Date.now() + 280_000);

  test('an access token that ends is renewed without a word, once however many requests arrive together', async () => {
    const { page } = await invite(stage.browser);
    await signIn(page, stage.app, 'rio@example.test');
    const before = stage.app.tokenRequests.length;
    comeNearTheEnd();
    // Chromium sends requests for one address one after the other; for twelve addresses, as many as it has connections.
    const statuses = await page.evaluate(() => Promise.all(Array.from({ length: 12 }, async (_, n) => (await fetch(`/api/me?n=${n}`)).status)));
    assert.deepEqual(new Set(statuses), new Set([200]));
    assert.equal(stage.app.tokenRequests.length - before, 1);
  });

  test('the renewed session goes on being renewed', async () => {
    const { page } = await invite(stage.browser);
    await signIn(page, stage.app, 'sue@example.test');
    for (let visit = 0; visit < 3; visit += 1) {
      const before = stage.app.tokenRequests.length;
      comeNearTheEnd();
      assert.equal(await page.evaluate(async () => (await fetch('/api/me')).status), 200);
      assert.equal(stage.app.tokenRequests.length - before, 1);
    }
  });
});
