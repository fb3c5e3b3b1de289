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
    assert.deepEqual([status, path], [401, '/login?kind=step-up&acr_values=mfa&max_age=300&return_to=%2F%3Fsafe%3D1%23door']);

    // Nobody names themselves again: the screen says who they are.
    await page.goto(app.origin + (path ?? ''));
    await page.getByText(`Confirm that you are ${email}`).waitFor();
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await typeCode(page, await app.codeTo(email, 2));
    await page.getByRole('heading', { name: 'Set up your authenticator app' }).waitFor();
    const key = await page.locator('.al-key-text').innerText();
    await typeCode(page, digitsOf(key));
    await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
    const [first = ''] = await page.locator('.al-codes li').allInnerTexts();
    await page.locator('input[name=answer]').fill(first);
    await comesTo(page, `${app.origin}/?safe=1#door`, () => page.getByRole('button', { name: 'Continue', exact: true }).click());
    assert.deepEqual(await openSafe(page, app), { status: 200, path: undefined });
  });
});

describe('a page whose API asks for more while its form is half filled', () => {
  const stage = setStage(() => startApp({}, [emailCode(), totp()], { mfa: { policy: 'adaptive' } }));

  test('stays as it is: the person confirms that it is they beside it, and what they typed is sent', async () => {
    const { page, complaints } = await invite(stage.browser);
    const { app } = stage;
    const email = 'gita@example.test';
    await page.goto(app.origin);
    await askForMail(page, email);
    await typeCode(page, await app.codeTo(email));
    await page.getByRole('heading', { name: 'Set up your authenticator app' }).waitFor();
    const key = await page.locator('.al-key-text').innerText();
    await typeCode(page, digitsOf(key));
    await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
    const [first = ''] = await page.locator('.al-codes li').allInnerTexts();
    await page.locator('input[name=answer]').fill(first);
    await comesTo(page, `${app.origin}/`, () => page.getByRole('button', { name: 'Continue', exact: true }).click());
    await comesTo(page, `${app.origin}/`, () => page.getByRole('button', { name: 'Sign out' }).click());
    // The device is known by now, and not asked again: one factor, which the API does not take.
    await askForMail(page, email);
    const code = await app.codeTo(email, 2);
    await comesTo(page, `${app.origin}/`, () => typeCode(page, code));

    await page.goto(`${app.origin}/desk`);
    await page.getByLabel('Letter').fill('Dear all, half a letter');
    await page.evaluate(() => Reflect.set(globalThis, 'untouched', true));
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('heading', { name: 'Enter the code from your app' }).waitFor();
    await page.locator('[data-step]').getByText('Confirm that you are').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Back' }).count(), 0);
    await typeCode(page, digitsOf(key, 'next'));
    await page.getByText('answered 200').waitFor();
    assert.equal(await page.getByLabel('Letter').inputValue(), 'Dear all, half a letter');
    assert.equal(await page.evaluate(() => Reflect.get(globalThis, 'untouched')), true);
    assert.equal(await page.locator('auth-login').count(), 0);
    assert.deepEqual(complaints.filter((complaint) => !complaint.includes('401')), []);
  });
});

describe('an app that lets people have a device remembered', () => {
  const stage = setStage(() => startApp({}, [emailCode(), totp()], { mfa: { policy: 'required', rememberDevice: { days: 30 } } }));

  test('does not ask at it again, and asks in another browser', async () => {
    const { page } = await invite(stage.browser);
    const { app } = stage;
    const email = 'hugo@example.test';
    await page.goto(app.origin);
    await askForMail(page, email);
    await typeCode(page, await app.codeTo(email));
    await page.getByRole('heading', { name: 'Set up your authenticator app' }).waitFor();
    const key = await page.locator('.al-key-text').innerText();
    await typeCode(page, digitsOf(key));
    await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
    const [first = ''] = await page.locator('.al-codes li').allInnerTexts();
    await page.locator('input[name=answer]').fill(first);
    await comesTo(page, `${app.origin}/`, () => page.getByRole('button', { name: 'Continue', exact: true }).click());
    await comesTo(page, `${app.origin}/`, () => page.getByRole('button', { name: 'Sign out' }).click());

    await askForMail(page, email);
    await typeCode(page, await app.codeTo(email, 2));
    await page.getByRole('heading', { name: 'Enter the code from your app' }).waitFor();
    await page.getByLabel('Don’t ask on this device for 30 days').check();
    await typeCode(page, digitsOf(key, 'next'));
    await comesTo(page, `${app.origin}/`, () => page.getByRole('button', { name: 'Continue', exact: true }).click());
    await comesTo(page, `${app.origin}/`, () => page.getByRole('button', { name: 'Sign out' }).click());

    await askForMail(page, email);
    const code = await app.codeTo(email, 3);
    await comesTo(page, `${app.origin}/`, () => typeCode(page, code));
    const { page: other } = await invite(stage.browser);
    await other.goto(app.origin);
    await askForMail(other, email);
    await typeCode(other, await app.codeTo(email, 4));
    await other.getByRole('heading', { name: 'Enter the code from your app' }).waitFor();
  });
});
