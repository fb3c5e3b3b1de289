import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { emailCode, password, totp } from '@portico/koa';
import type { Locator, Page } from 'playwright-core';
import { digitsOf } from '../stage/authenticator-app.ts';
import { comesHome, readClaims } from '../stage/come-home.ts';
import { invite } from '../stage/open-browser.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, typeCode } from '../stage/sign-in.ts';
import { startApp, type StartedApp } from '../stage/start-app.ts';
import { tabTo } from '../stage/tab-to.ts';

async function signOut(page: Page, app: StartedApp): Promise<void> {
  await comesHome(page, app, () => page.getByRole('button', { name: 'Sign out' }).click());
}

const recoveryField = (page: Page): Locator => page.locator('input[name=answer]');

/** Up to the step that follows the mail. */
async function passMail(page: Page, app: StartedApp, { address, mails = 1 }: { readonly address: string; readonly mails?: number }): Promise<void> {
  await page.goto(app.origin);
  await askForMail(page, address);
  await typeCode(page, await app.codeTo(address, mails));
}

interface Kept {
  readonly key: string;
  /** What confirmed it: they are used up, and a later one is still to come. */
  readonly digits: string;
  readonly codes: readonly string[];
}

/** From the QR code to the codes on paper, and home. */
async function setUp(page: Page, app: StartedApp): Promise<Kept> {
  await page.getByRole('heading', { name: 'Set up your authenticator app' }).waitFor();
  const key = await page.locator('.al-key-text').innerText();
  const digits = digitsOf(key);
  await typeCode(page, digits);
  await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
  const codes = await page.locator('.al-codes li').allInnerTexts();
  await recoveryField(page).fill(codes[3] ?? '');
  await comesHome(page, app, () => page.getByRole('button', { name: 'Continue', exact: true }).click());
  return { key, digits, codes };
}

describe('an app that requires a second factor', () => {
  const stage = setStage(() => startApp({}, [emailCode(), totp()], { mfa: { policy: 'required' } }));

  test('has a new person set up an authenticator app, by picture, key or link, before they are in', async () => {
    const { page, complaints } = await invite(stage.browser, { permissions: ['clipboard-read', 'clipboard-write'] });
    await passMail(page, stage.app, { address: 'ada@example.test' });
    await page.getByRole('heading', { name: 'Set up your authenticator app' }).waitFor();
    assert.equal((await page.request.get(`${stage.app.origin}/api/me`)).status(), 401);
    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    const key = await page.locator('.al-key-text').innerText();
    const link = await page.getByRole('link', { name: 'Open an app on this device' }).getAttribute('href');
    assert.equal(link, `otpauth://totp/App:ada%40example.test?secret=${key.replaceAll(' ', '')}&issuer=App`);
    assert.equal(await page.getByRole('button', { name: 'Not now' }).count(), 0);
    await page.getByLabel('6-digit code').fill('000000');
    await page.getByText('That code is not right').first().waitFor();
    assert.equal(await page.getByLabel('6-digit code').getAttribute('autocomplete'), 'one-time-code');
    await page.getByLabel('6-digit code').fill('');
    await typeCode(page, digitsOf(key));
    await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
    const codes = await page.locator('.al-codes li').allInnerTexts();
    assert.equal(codes.length, 10);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    const file = await readFile((await (await download).path()) ?? '', 'utf8');
    for (const code of codes) assert.ok(file.includes(code));
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied.').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), codes.join('\n'));
    await page.evaluate(() => {
      // What a printer would get, without one.
      const { append } = document.body;
      document.body.append = (...nodes) => {
        append.apply(document.body, nodes);
        const [frame] = nodes;
        if (frame instanceof HTMLIFrameElement && frame.contentWindow !== null) frame.contentWindow.print = () => void (document.title = frame.contentDocument?.body.textContent ?? '');
      };
    });
    await page.getByRole('button', { name: 'Print' }).click();
    assert.equal(await page.title(), `App: Keep your recovery codes${codes.join(' ')}`);
    await recoveryField(page).fill('not one of them');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByText('That recovery code is not right').first().waitFor();
    await recoveryField(page).fill((codes[7] ?? '').toUpperCase());
    await comesHome(page, stage.app, () => page.getByRole('button', { name: 'Continue', exact: true }).click());
    const { acr, amr } = await readClaims(page, stage.app);
    assert.deepEqual([acr, amr], ['mfa', ['email', 'otp', 'mfa']]);
    assert.deepEqual(complaints, []);
  });

  test('asks for its digits the next time; wrong ones and used ones are told apart, and a page that is loaded again asks on', async ({ mock }) => {
    // Used ones are told apart from wrong ones for as long as they would be taken, and no longer.
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    const { page, complaints } = await invite(stage.browser);
    await passMail(page, stage.app, { address: 'ben@example.test' });
    const { key, digits } = await setUp(page, stage.app);
    await signOut(page, stage.app);
    await passMail(page, stage.app, { address: 'ben@example.test', mails: 2 });
    await page.getByRole('heading', { name: 'Enter the code from your app' }).waitFor();
    await typeCode(page, digits);
    await page.getByText('That code was used already').first().waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Enter the code from your app' }).waitFor();
    assert.equal((await page.request.get(`${stage.app.origin}/api/me`)).status(), 401);
    await comesHome(page, stage.app, async () => typeCode(page, digitsOf(key, 'next')));
    assert.equal((await readClaims(page, stage.app)).acr, 'mfa');
    assert.deepEqual(complaints, []);
  });

  test('lets a recovery code in where the phone is gone, says how many are left, and offers to set up another app', async () => {
    const { page, complaints } = await invite(stage.browser);
    await passMail(page, stage.app, { address: 'cleo@example.test' });
    const { codes } = await setUp(page, stage.app);
    await signOut(page, stage.app);
    await passMail(page, stage.app, { address: 'cleo@example.test', mails: 2 });
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByRole('heading', { name: 'Enter a recovery code' }).waitFor();
    await recoveryField(page).fill('aaaa-bbbb-cccc-dddd');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByText('That recovery code is not right').first().waitFor();
    await recoveryField(page).fill(codes[0] ?? '');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.locator('[data-step]').getByText('You have 9 recovery codes left.').waitFor();
    await comesHome(page, stage.app, () => page.getByRole('button', { name: 'Not now' }).click());
    assert.deepEqual((await readClaims(page, stage.app)).amr, ['email', 'otp', 'recovery', 'mfa']);
    assert.deepEqual(complaints, []);
  });
});

describe('an app that offers a second factor', () => {
  const stage = setStage(() => startApp({}, [emailCode(), password(), totp()], { mfa: { policy: 'optional' } }));
  const typed = 'four unrelated words walk';

  test('offers it once, and asks whoever took it after their password, with no mouse, on the narrowest screen', async () => {
    const { page } = await invite(stage.browser, { viewport: { width: 320, height: 640 } });
    const { app } = stage;
    await page.goto(app.origin);
    await page.getByRole('button', { name: 'Create an account' }).waitFor();
    await tabTo(page, 'Create an account');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Create your App account' }).waitFor();
    await page.locator('input[name=identifier]:focus').waitFor();
    await page.keyboard.type('dora@example.test');
    await page.keyboard.press('Enter');
    const code = await app.codeTo('dora@example.test');
    await page.locator('input[autocomplete=one-time-code]:focus').waitFor();
    await page.keyboard.type(code);
    await page.locator('input[name=new-password]:focus').waitFor();
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Set up your authenticator app' }).waitFor();
    const key = await page.locator('.al-key-text').innerText();
    await page.locator('.al-title:focus').waitFor();
    await tabTo(page, '6-digit code');
    await page.keyboard.type(digitsOf(key));
    await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
    const [, second = ''] = await page.locator('.al-codes li').allInnerTexts();
    await page.locator('.al-title:focus').waitFor();
    await tabTo(page, 'Type one of the codes');
    await page.keyboard.type(second);
    await comesHome(page, app, () => page.keyboard.press('Enter'));
    await page.getByLabel('E-mail address').waitFor();
    await tabTo(page, 'Sign out');
    await comesHome(page, app, () => page.keyboard.press('Enter'));
    await page.getByLabel('E-mail address').waitFor();
    await tabTo(page, 'E-mail address');
    await page.keyboard.type('dora@example.test');
    await page.keyboard.press('Enter');
    await page.locator('input[name=password]:focus').waitFor();
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Enter the code from your app' }).waitFor();
    await page.locator('input[autocomplete=one-time-code]:focus').waitFor();
    await comesHome(page, app, async () => page.keyboard.type(digitsOf(key, 'next')));
    assert.deepEqual((await readClaims(page, app)).amr, ['pwd', 'otp', 'mfa']);
  });

  test('leaves whoever wants none alone, and lets them in', async () => {
    const { page } = await invite(stage.browser);
    const { app } = stage;
    await page.goto(app.origin);
    await page.getByRole('button', { name: 'Create an account' }).click();
    await page.getByRole('heading', { name: 'Create your App account' }).waitFor();
    await askForMail(page, 'emil@example.test');
    await typeCode(page, await app.codeTo('emil@example.test'));
    await page.getByLabel('New password', { exact: true }).fill(typed);
    await page.getByRole('button', { name: 'Save password' }).click();
    // The step before has a button of the same name.
    await page.getByRole('heading', { name: 'Set up your authenticator app' }).waitFor();
    await comesHome(page, app, () => page.getByRole('button', { name: 'Not now' }).click());
    await signOut(page, app);
    await askForMail(page, 'emil@example.test');
    await page.getByLabel('Password', { exact: true }).fill(typed);
    await comesHome(page, app, () => page.getByRole('button', { name: 'Continue', exact: true }).click());
    assert.equal((await readClaims(page, app)).acr, 'single');
  });
});
