import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emailCode } from '@portico/koa';
import type { Page } from 'playwright-core';
import { comesHome } from '../stage/come-home.ts';
import { invite } from '../stage/open-browser.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, typeCode } from '../stage/sign-in.ts';
import { startApp } from '../stage/start-app.ts';
import { tabTo } from '../stage/tab-to.ts';

/** A code that is none of theirs. */
const wrong = (code: string): string => code.replace(/\d/gu, (digit) => String((Number(digit) + 1) % 10));

/** Waits until the pause is over, and does what the page says then. No mouse. */
async function sitOut(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Let’s take a short break' }).waitFor();
  await page.getByText(/You can try again in .*0:0\d/).waitFor();
  await page.locator('[role=status]').getByText('You can try again now.').waitFor();
  await tabTo(page, 'Try again');
  await page.keyboard.press('Enter');
}

describe('a pause after too many wrong codes', () => {
  const stage = setStage(() => startApp({}, [emailCode({ attempts: 1, resendCooldownSeconds: 0, lockoutTiers: [{ attempts: 1, lockSeconds: 3 }] })]));

  test('counts down, says when it is over, and leads back to the address that was typed', async () => {
    const { page } = await invite(stage.browser);
    const { app } = stage;
    await page.goto(app.origin);
    await askForMail(page, 'ugo@example.test');
    await typeCode(page, wrong(await app.codeTo('ugo@example.test')));
    await sitOut(page);
    await page.locator('input[name=identifier]:focus').waitFor();
    assert.equal(await page.getByLabel('E-mail address').inputValue(), 'ugo@example.test');
    await page.keyboard.press('Enter');
    const code = await app.codeTo('ugo@example.test', 2);
    await comesHome(page, app, () => typeCode(page, code));
    assert.equal((await page.request.get(`${app.origin}/api/me`)).status(), 200);
  });

  test('of whoever is signed in and confirms who they are leads back to the choice of a way', async () => {
    const { page } = await invite(stage.browser);
    const { app } = stage;
    await page.goto(app.origin);
    await askForMail(page, 'vic@example.test');
    const code = await app.codeTo('vic@example.test');
    await comesHome(page, app, () => typeCode(page, code));
    await page.goto(`${app.origin}/desk`);
    await page.evaluate(() => {
      const login = document.createElement('auth-login');
      for (const [name, value] of Object.entries({ 'login-url': '/login', 'return-to': '/desk', kind: 'step-up', 'max-age': '0' })) login.setAttribute(name, value);
      login.addEventListener('auth-complete', () => Reflect.set(globalThis, 'confirmed', true));
      document.body.append(login);
    });
    const chooseCode = async (): Promise<void> => {
      await page.locator('input[value=email-code]:focus').waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Check your e-mail' }).waitFor();
    };
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    await tabTo(page, 'E-mail me a code');
    await chooseCode();
    await typeCode(page, wrong(await app.codeTo('vic@example.test', 2)));
    await sitOut(page);
    await chooseCode();
    await typeCode(page, await app.codeTo('vic@example.test', 3));
    await page.waitForFunction(() => Reflect.get(globalThis, 'confirmed') === true);
  });
});
