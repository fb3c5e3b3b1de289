import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emailCode, smsCode } from '@portico/koa';
import { comesHome, readClaims } from '../stage/come-home.ts';
import { invite } from '../stage/open-browser.ts';
import { codeIn, readPhone } from '../stage/read-phone.ts';
import { setStage } from '../stage/set-stage.ts';
import { typeCode } from '../stage/sign-in.ts';
import { startApp } from '../stage/start-app.ts';

describe('an app whose second factor is a code by SMS', () => {
  const stage = setStage(() => startApp({}, [emailCode(), smsCode({ countries: ['DE'], resendCooldownSeconds: 0 })], { mfa: { policy: 'optional', methods: ['sms-code', 'email-code'], rememberDevice: { days: 30 } } }));

  test('has a person add their number on the way in, asks for a code to it next time, says no more than its end, and remembers the device that was ticked', async () => {
    const { page, complaints } = await invite(stage.browser);
    const { app } = stage;
    const [address, number, slip] = ['nia@example.test', '+4915123456711', '+4915123456719'];
    const typeNumber = async (typed: string): Promise<void> => {
      await page.getByLabel('Mobile number').fill(typed);
      await page.getByRole('button', { name: 'Continue', exact: true }).click();
    };
    await page.goto(app.origin);
    await page.getByLabel('E-mail or mobile number').fill(address);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await typeCode(page, await app.codeTo(address));
    await page.locator('[data-step]').getByText('Where should your codes go?').waitFor();
    await page.getByRole('button', { name: 'Not now' }).waitFor();
    await typeNumber('');
    await page.locator('.al-error').getByText('does not look like a mobile number').waitFor();
    await typeNumber(slip);
    await page.getByRole('heading', { name: 'Check your phone' }).waitFor();
    await readPhone(page, app, { number: slip });
    await page.getByRole('button', { name: 'Change the mobile number' }).click();
    await typeNumber(`0${number.slice(3)}`);
    await page.locator('[data-step]').getByText(`0${number.slice(3)}`).waitFor();
    assert.equal((await page.request.get(`${app.origin}/api/me`)).status(), 401);
    await typeCode(page, codeIn(await readPhone(page, app, { number })));
    await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
    const [first = ''] = await page.locator('.al-codes li').allInnerTexts();
    await page.locator('input[name=answer]').fill(first);
    await comesHome(page, app, () => page.getByRole('button', { name: 'Continue', exact: true }).click());
    const { acr, amr } = await readClaims(page, app);
    assert.deepEqual([acr, amr], ['mfa', ['email', 'otp', 'sms', 'mfa']]);
    await comesHome(page, app, () => page.getByRole('button', { name: 'Sign out' }).click());

    const passMail = async (mails: number): Promise<void> => {
      await page.getByLabel('E-mail or mobile number').fill(address);
      await page.getByRole('button', { name: 'Continue', exact: true }).click();
      await page.getByRole('heading', { name: 'Check your e-mail' }).waitFor();
      await typeCode(page, await app.codeTo(address, mails));
    };
    await passMail(2);
    await page.locator('[data-step]').getByText('Choose how to show that it is you').waitFor();
    await page.locator('[data-step]').getByText('•••• 11').waitFor();
    assert.equal(await page.getByText('5123456711').count(), 0);
    assert.equal(app.inbox.listSms().length, 2, 'none goes out unasked');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByRole('heading', { name: 'Check your phone' }).waitFor();
    assert.equal((await page.request.get(`${app.origin}/api/me`)).status(), 401);
    assert.equal(await page.getByText('5123456711').count(), 0);
    await typeCode(page, codeIn(await readPhone(page, app, { number, count: 2 })));
    await page.getByLabel('Don’t ask on this device for 30 days').check();
    await comesHome(page, app, () => page.getByRole('button', { name: 'Continue', exact: true }).click());

    await comesHome(page, app, () => page.getByRole('button', { name: 'Sign out' }).click());
    await comesHome(page, app, () => passMail(3));
    assert.equal((await readClaims(page, app)).acr, 'single', 'this device is not asked again');
    assert.deepEqual(complaints, []);
  });
});
