import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stepUpPath } from '@portico/client';
import { emailCode, totp } from '@portico/koa';
import type { Page } from 'playwright-core';
import { digitsOf } from '../stage/authenticator-app.ts';
import { invite } from '../stage/open-browser.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, typeCode } from '../stage/sign-in.ts';
import { startApp, type StartedApp } from '../stage/start-app.ts';

/** Does what ends a flow, and waits until the browser is back at a page of the app. */
async function comesTo(page: Page, url: string, act: () => Promise<void>): Promise<void> {
  const back = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame() && frame.url() === url);
  await act();
  await back;
  await page.waitForLoadState();
}

/** What the API that wants two factors answers, and where that leads. */
async function openSafe(page: Page, { origin }: StartedApp): Promise<{ readonly status: number; readonly path: string | undefined }> {
  const answer = await page.request.get(`${origin}/api/safe`);
  return { status: answer.status(), path: stepUpPath(answer.headers()['www-authenticate'], { returnTo: '/?safe=1#door' }) };
}

describe('an API that wants two factors, behind an app that asks for one (RFC 9470)', () => {
  const stage = setStage(() => startApp({}, [emailCode(), totp()]));

  test('refuses one factor, has its caller step up, and lets them in at the page where they were', async () => {
    const { page } = await invite(stage.browser);
    const { app } = stage;
    const email = 'faye@example.test';
    await page.goto(app.origin);
    await askForMail(page, email);
    const code = await app.codeTo(email);
    await comesTo(page, `${app.origin}/`, () => typeCode(page, code));
    const { status, path } = await openSafe(page, app);
    assert.deepEqual([status, path], [401, '/login?acr_values=mfa&max_age=300&return_to=%2F%3Fsafe%3D1%23door']);

    await page.goto(app.origin + (path ?? ''));
    await askForMail(page, email);
    await typeCode(page, await app.codeTo(email, 2));
    await page.getByText('Set up your authenticator app').waitFor();
    const key = await page.locator('.al-key-text').innerText();
    await typeCode(page, await digitsOf(key, -1));
    await page.getByText('Keep your recovery codes').waitFor();
    const [first = ''] = await page.locator('.al-codes li').allInnerTexts();
    await page.locator('input[name=answer]').fill(first);
    await comesTo(page, `${app.origin}/?safe=1#door`, () => page.getByRole('button', { name: 'Continue', exact: true }).click());
    assert.deepEqual(await openSafe(page, app), { status: 200, path: undefined });
  });
});
