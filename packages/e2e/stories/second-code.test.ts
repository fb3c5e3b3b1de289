import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emailCode, smsCode } from '@portico/koa';
import type { Page } from 'playwright-core';
import { comesHome, readClaims } from '../stage/come-home.ts';
import { invite } from '../stage/open-browser.ts';
import { codeIn, readPhone } from '../stage/read-phone.ts';
import { setStage } from '../stage/set-stage.ts';
import { typeCode, typeCodeAndReturn } from '../stage/sign-in.ts';
import { startApp, type StartedApp } from '../stage/start-app.ts';

/** As an account page does it: whoever is signed in adds a number. */
async function addNumber(page: Page, app: StartedApp, number: string): Promise<void> {
  const send = (path: string, body: object): Promise<{ readonly id: string }> =>
    page.evaluate(async ([to, json]) => (await fetch(`/auth/account/v1/contact-changes${to}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: json })).json() as Promise<{ id: string }>, [path, JSON.stringify(body)] as const);
  const { id } = await send('', { client_id: 'web', phone_number: number });
  await send(`/${id}`, { code: codeIn(await readPhone(page, app, { number })) });
}

describe('an app whose second factor is a code by SMS', () => {
  const stage = setStage(() => startApp({}, [emailCode(), smsCode({ countries: ['DE'], resendCooldownSeconds: 0 })], { mfa: { policy: 'optional', methods: ['sms-code', 'email-code'], rememberDevice: { days: 30 } } }));

  test('asks whoever has added a number for one after the mail, says no more than its end, and remembers the device that was ticked', async () => {
    const { page, complaints } = await invite(stage.browser);
    const { app } = stage;
    const [address, number] = ['nia@example.test', '+4915123456711'];
    await page.goto(app.origin);
    await page.getByLabel('E-mail or mobile number').fill(address);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await typeCodeAndReturn(page, await app.codeTo(address), app.origin);
    assert.equal((await readClaims(page, app)).acr, 'single');
    await addNumber(page, app, number);
    await comesHome(page, app, () => page.getByRole('button', { name: 'Sign out' }).click());

    const passMail = async (mails: number): Promise<void> => {
      await page.getByLabel('E-mail or mobile number').fill(address);
      await page.getByRole('button', { name: 'Continue', exact: true }).click();
      await page.getByText('Check your e-mail').waitFor();
      await typeCode(page, await app.codeTo(address, mails));
    };
    await passMail(2);
    await page.getByText('Choose how to show that it is you').waitFor();
    await page.getByText('•••• 11').waitFor();
    assert.equal(await page.getByText('5123456711').count(), 0);
    assert.equal(app.inbox.listSms().length, 1, 'none goes out unasked');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByText('Check your phone').waitFor();
    assert.equal((await page.request.get(`${app.origin}/api/me`)).status(), 401);
    assert.equal(await page.getByText('5123456711').count(), 0);
    await typeCode(page, codeIn(await readPhone(page, app, { number, count: 2 })));
    await page.getByLabel('Don’t ask on this device for 30 days').check();
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByText('Keep your recovery codes').waitFor();
    const [first = ''] = await page.locator('.al-codes li').allInnerTexts();
    await page.locator('input[name=answer]').fill(first);
    await comesHome(page, app, () => page.getByRole('button', { name: 'Continue', exact: true }).click());
    const { acr, amr } = await readClaims(page, app);
    assert.deepEqual([acr, amr], ['mfa', ['email', 'otp', 'sms', 'mfa']]);

    await comesHome(page, app, () => page.getByRole('button', { name: 'Sign out' }).click());
    await comesHome(page, app, () => passMail(3));
    assert.equal((await readClaims(page, app)).acr, 'single', 'this device is not asked again');
    assert.deepEqual(complaints, []);
  });
});
