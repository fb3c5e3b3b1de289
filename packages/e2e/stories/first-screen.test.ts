import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { invite } from '../stage/open-browser.ts';
import { setStage } from '../stage/set-stage.ts';
import { startApp } from '../stage/start-app.ts';

/** Holds what a page asks for until the story lets it go. */
async function hold(page: Page, path: string): Promise<() => void> {
  const gate = Promise.withResolvers<void>();
  await page.route(`**${path}`, (route) => gate.promise.then(() => route.continue()));
  return gate.resolve;
}

const script = async (page: Page): Promise<string> => (await page.locator('script[type=module]').getAttribute('src')) ?? '';

describe('the first screen', () => {
  const stage = setStage(() => startApp({}));

  test('a first visit draws it before its backend has answered, and asks for the preferences once', async () => {
    const { page, complaints } = await invite(stage.browser);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const release = await hold(page, '/login');
    await page.goto(`${stage.app.origin}/`, { waitUntil: 'commit' });
    await page.getByLabel('E-mail address').fill('kai@example.test');
    assert.equal(asked.includes('/auth/flows'), false);
    release();
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    const code = await stage.app.codeTo('kai@example.test');
    const callback = page.waitForRequest((request) => request.url().includes('/callback?'));
    await page.getByLabel(/-digit code/).pressSequentially(code);
    await callback;
    assert.equal(asked.filter((path) => path === '/auth/preferences').length, 1);
    assert.deepEqual(complaints, []);
  });

  test('a second visit draws it with no answer of the server at all, and with the keyboard alone the code is asked for', async () => {
    const { page, context, complaints } = await invite(stage.browser);
    const seen = page.waitForResponse('**/auth/flows');
    await page.goto(`${stage.app.origin}/`);
    await seen;
    await page.waitForFunction(() => Object.keys(localStorage).length > 0);
    const again = await context.newPage();
    const releases = await Promise.all(['/auth/preferences*', '/login'].map((path) => hold(again, path)));
    await again.goto(`${stage.app.origin}/`, { waitUntil: 'commit' });
    await again.getByLabel('E-mail address').focus();
    await again.keyboard.type('lea@example.test');
    await again.keyboard.press('Enter');
    await again.locator('[type=submit][aria-disabled=true]').waitFor();
    for (const release of releases) release();
    await again.getByLabel(/-digit code/).waitFor();
    assert.ok(await stage.app.codeTo('lea@example.test'));
    assert.deepEqual(complaints, []);
  });

  test('the script is fetched once and never asked for again, and its later files are found beside it', async () => {
    const { page, context } = await invite(stage.browser);
    await page.goto(`${stage.app.origin}/`);
    await page.getByLabel('E-mail address').waitFor();
    const address = await script(page);
    const { headers, text } = await fetch(address).then(async (answer) => ({ headers: answer.headers, text: await answer.text() }));
    assert.equal(headers.get('Cache-Control'), 'public, max-age=31536000, immutable');
    const [, chunk = ''] = /import\(["'`]\.\/([\w.-]+)["'`]\)/.exec(text) ?? [];
    assert.equal((await fetch(new URL(chunk, address))).status, 200);
    const again = await context.newPage();
    await again.goto(`${stage.app.origin}/`);
    const sent = await again.evaluate((name) => performance.getEntriesByName(name).map((entry) => (entry as PerformanceResourceTiming).transferSize), address);
    assert.deepEqual(sent, [0], 'from the browser’s cache');
  });

  test('a page that was kept since an older release gets the script of today, and asks again the next time', async () => {
    const [old, stable] = await Promise.all(['/auth/widget/older0000000/login.js', '/auth/login.js'].map((path) => fetch(stage.app.origin + path)));
    assert.deepEqual([old?.status, old?.headers.get('Cache-Control')], [200, 'no-cache']);
    assert.deepEqual([stable?.status, stable?.headers.get('Cache-Control')], [200, 'no-cache']);
    assert.equal(await old?.text(), await stable?.text());
  });
});
