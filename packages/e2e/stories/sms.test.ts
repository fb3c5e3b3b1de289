import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emailCode, passkey, smsCode } from '@portico/koa';
import type { Page } from 'playwright-core';
import { comesHome } from '../stage/come-home.ts';
import { invite } from '../stage/open-browser.ts';
import { codeIn, readPhone } from '../stage/read-phone.ts';
import { setStage } from '../stage/set-stage.ts';
import { typeCode, typeCodeAndReturn } from '../stage/sign-in.ts';
import { startApp, type StartedApp } from '../stage/start-app.ts';
import { tabTo } from '../stage/tab-to.ts';

/** What the protected route says of whoever is signed in. */
async function readAuth(page: Page, { origin }: StartedApp): Promise<{ readonly sub: string; readonly amr: readonly string[] }> {
  const answer = await page.request.get(`${origin}/api/me`);
  assert.equal(answer.status(), 200);
  return answer.json();
}

async function askForSms(page: Page, number: string): Promise<void> {
  await page.getByLabel('E-mail or mobile number').fill(number);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await page.getByRole('heading', { name: 'Check your phone' }).waitFor();
}

describe('a code by SMS', () => {
  const stage = setStage(() => startApp({}, [emailCode(), smsCode({ countries: ['DE', 'AT'] })]));

  test('signs a stranger up and in again, however their number is written', async () => {
    const { page, complaints } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    await askForSms(page, '0151 2345 6701');
    await page.getByText('0151').first().waitFor();
    const sms = await readPhone(page, stage.app, { number: '+4915123456701' });
    assert.match(sms, /is your App code/);
    await page.getByText('Good for 5 more minutes.').waitFor();
    await page.reload();
    await page.getByText('Good for 5 more minutes.').waitFor();
    await typeCodeAndReturn(page, codeIn(sms), stage.app.origin);
    const first = await readAuth(page, stage.app);
    assert.deepEqual(first.amr, ['otp', 'sms']);
    await comesHome(page, stage.app, () => page.getByRole('button', { name: 'Sign out' }).click());
    await askForSms(page, '+49 (0)151 23456701');
    await typeCodeAndReturn(page, codeIn(await readPhone(page, stage.app, { number: '+4915123456701', count: 2 })), stage.app.origin);
    assert.equal((await readAuth(page, stage.app)).sub, first.sub);
    assert.deepEqual(complaints, []);
  });

  test('that is wrong is typed again, and the number can be changed to an address', async () => {
    const { page, complaints } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    await askForSms(page, '+43 664 1234567');
    const code = codeIn(await readPhone(page, stage.app, { number: '+436641234567' }));
    await typeCode(page, code.replace(/^./, (digit) => String((Number(digit) + 1) % 10)));
    await page.getByText('That code is not right').first().waitFor();
    await page.getByText('2 attempts left').first().waitFor();
    await page.getByRole('button', { name: 'Change the mobile number' }).click();
    const field = page.getByLabel('E-mail or mobile number');
    assert.equal(await field.inputValue(), '+43 664 1234567');
    await field.fill('tam@example.test');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Check your e-mail' }).waitFor();
    await typeCodeAndReturn(page, await stage.app.codeTo('tam@example.test'), stage.app.origin);
    assert.deepEqual((await readAuth(page, stage.app)).amr, ['email', 'otp']);
    assert.deepEqual(complaints, []);
  });

  test('goes nowhere else: a landline, another country and plain words each say why, and stay to be mended', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    const field = page.getByLabel('E-mail or mobile number');
    for (const [typed, said] of [['+49 30 901820', 'does not look like a mobile number'], ['+33 6 12 34 56 78', 'cannot send text messages to this number'], ['uma', 'That does not look right']] as const) {
      await field.fill(typed);
      await page.getByRole('button', { name: 'Continue', exact: true }).click();
      await page.locator('.al-error').getByText(said).waitFor();
      assert.equal(await field.inputValue(), typed);
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
    }
    await field.fill('0151 2345 6702');
    await page.keyboard.press('Enter');
    await typeCodeAndReturn(page, codeIn(await readPhone(page, stage.app, { number: '+4915123456702' })), stage.app.origin);
  });

  test('asks for no mouse, on the narrowest screen either', async () => {
    const { page } = await invite(stage.browser, { viewport: { width: 320, height: 640 } });
    await page.goto(stage.app.origin);
    await page.getByLabel('E-mail or mobile number').waitFor();
    await tabTo(page, 'E-mail or mobile number');
    await page.keyboard.type('0151 2345 6703');
    await page.keyboard.press('Enter');
    await page.locator('input[autocomplete=one-time-code]:focus').waitFor();
    await tabTo(page, 'Nothing arrived?');
    await page.keyboard.press('Enter');
    await page.getByText('We only text numbers that can be used here').waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), 'nothing is wider than the screen');
    await page.locator('input[autocomplete=one-time-code]').focus();
    const code = codeIn(await readPhone(page, stage.app, { number: '+4915123456703' }));
    await comesHome(page, stage.app, () => page.keyboard.type(code));
    assert.deepEqual((await readAuth(page, stage.app)).amr, ['otp', 'sms']);
  });
});

describe('an app that takes numbers alone', () => {
  const stage = setStage(() => startApp({}, [passkey(), smsCode({ countries: ['DE'] })]));

  test('asks for one, and offers a passkey once it is proved: the better way next time', async () => {
    const person = await invite(stage.browser);
    const authenticator = await person.addAuthenticator();
    const { page, complaints } = person;
    await page.goto(stage.app.origin);
    const field = page.getByLabel('Mobile number');
    await field.waitFor();
    assert.deepEqual([await field.getAttribute('type'), await field.getAttribute('autocomplete')], ['tel', 'tel webauthn']);
    await field.fill('0151 2345 6704');
    await page.keyboard.press('Enter');
    await typeCode(page, codeIn(await readPhone(page, stage.app, { number: '+4915123456704' })));
    await comesHome(page, stage.app, () => page.getByRole('button', { name: 'Create a passkey' }).click());
    assert.equal(await authenticator.count(), 1);
    assert.notEqual((await readAuth(page, stage.app)).sub, '');
    assert.deepEqual(complaints, []);
  });
});
