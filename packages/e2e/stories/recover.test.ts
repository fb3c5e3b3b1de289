import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emailCode, magicLink, password, totp } from '@portico/koa';
import type { Locator, Page } from 'playwright-core';
import { digitsOf } from '../stage/authenticator-app.ts';
import { newestMail, readMails } from '../stage/inbox.ts';
import { comesHome } from '../stage/come-home.ts';
import { invite } from '../stage/open-browser.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, typeCode } from '../stage/sign-in.ts';
import { startApp, type StartedApp } from '../stage/start-app.ts';

const firstPassword = 'four unrelated words walk';
const otherPassword = 'a kettle hums under snow';
const supportUrl = 'https://help.example/locked-out';

const currentField = (page: Page): Locator => page.getByLabel('Password', { exact: true });
const newField = (page: Page): Locator => page.getByLabel('New password', { exact: true });
const goOn = (page: Page): Promise<void> => page.getByRole('button', { name: 'Continue', exact: true }).click();

async function whoIs(page: Page, { origin }: StartedApp): Promise<{ readonly status: number; readonly sub?: string; readonly acr?: string }> {
  const answer = await page.request.get(`${origin}/api/me`);
  return answer.status() === 200 ? { status: 200, ...((await answer.json()) as { sub: string; acr: string }) } : { status: answer.status() };
}

/** From the home page past the mail of a sign-up and the first password, to whatever follows. */
async function signUp(page: Page, app: StartedApp, address: string): Promise<void> {
  await page.goto(app.origin);
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByRole('heading', { name: 'Create your App account' }).waitFor();
  await askForMail(page, address);
  await typeCode(page, await app.codeTo(address));
  await newField(page).fill(firstPassword);
}

const savePassword = (page: Page): Promise<void> => page.getByRole('button', { name: 'Save password' }).click();

/** The same, and home. */
async function joinAs(page: Page, app: StartedApp, address: string): Promise<void> {
  await signUp(page, app, address);
  await comesHome(page, app, () => savePassword(page));
}

/** Sets the new password, and signs in with it. */
async function signInAnew(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
  await newField(page).fill(otherPassword);
  await savePassword(page);
  await page.locator('[data-step]').getByText('Your new password is set. Sign in with it.').waitFor();
  await currentField(page).fill(otherPassword);
}

describe('whoever has forgotten their password', () => {
  const stage = setStage(() => startApp({}, [emailCode(), magicLink(), password()]));

  test('gets back in by a code at the page that support sends people to, and nobody else stays in', async () => {
    const { page: elsewhere } = await invite(stage.browser);
    await joinAs(elsewhere, stage.app, 'tia@example.test');
    const { page, complaints } = await invite(stage.browser);
    await page.goto(`${stage.app.origin}/auth/recover?client_id=web`);
    await page.getByRole('heading', { name: 'Get back into App' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Create an account' }).count(), 0);
    await askForMail(page, 'tia@example.test');
    await typeCode(page, await stage.app.codeTo('tia@example.test', 2));
    await signInAnew(page);
    await goOn(page);
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
    const { page: late } = await invite(stage.browser);
    await late.goto(stage.app.origin);
    await askForMail(late, 'tia@example.test');
    await currentField(late).fill(firstPassword);
    await goOn(late);
    await late.getByText('not the password for this sign-in').first().waitFor();
    assert.deepEqual(complaints, []);
  });

  test('gets back in by the link of the mail, and the page that waits goes on by itself', async () => {
    const { page, context, complaints } = await invite(stage.browser);
    await joinAs(page, stage.app, 'uma@example.test');
    const { sub } = await whoIs(page, stage.app);
    await comesHome(page, stage.app, () => page.getByRole('button', { name: 'Sign out' }).click());
    const before = (await readMails(stage.app.origin, 'uma@example.test')).length;
    await askForMail(page, 'uma@example.test');
    await page.getByRole('button', { name: 'Forgot your password?' }).click();
    await page.getByRole('heading', { name: 'Check your e-mail' }).waitFor();
    const { link = '' } = await newestMail(stage.app.origin, 'uma@example.test', before + 1);
    const other = await context.newPage();
    await other.goto(link);
    await other.getByText('Recover your App account').waitFor();
    assert.equal(await other.getByRole('button', { name: 'Continue in this window instead' }).count(), 0);
    await other.getByRole('button', { name: 'Go on with the recovery' }).click();
    await other.getByText('You can close this one.').waitFor();
    await page.bringToFront();
    await signInAnew(page);
    await comesHome(page, stage.app, () => goOn(page));
    assert.equal((await whoIs(page, stage.app)).sub, sub);
    assert.deepEqual(complaints, []);
  });

  test('and goes back to the sign-in instead, signs in with the one that they remember', async () => {
    const { page } = await invite(stage.browser);
    await joinAs(page, stage.app, 'vic@example.test');
    await comesHome(page, stage.app, () => page.getByRole('button', { name: 'Sign out' }).click());
    await askForMail(page, 'vic@example.test');
    await page.getByRole('button', { name: 'Forgot your password?' }).click();
    await page.getByRole('button', { name: 'Change the e-mail address' }).click();
    await page.getByRole('heading', { name: 'Get back into App' }).waitFor();
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Sign in to App' }).waitFor();
    await askForMail(page, 'vic@example.test');
    await currentField(page).fill(firstPassword);
    await comesHome(page, stage.app, () => goOn(page));
    assert.equal((await whoIs(page, stage.app)).status, 200);
  });
});

describe('whoever has a second factor', () => {
  const stage = setStage(() => startApp({}, [emailCode(), password(), totp()], { mfa: { policy: 'required' }, recovery: { supportUrl } }));

  test('shows it before the new password, and again with it; help is one press away', async () => {
    const { page, complaints } = await invite(stage.browser);
    const { app } = stage;
    await signUp(page, app, 'wes@example.test');
    await savePassword(page);
    await page.getByRole('heading', { name: 'Set up your authenticator app' }).waitFor();
    const key = await page.locator('.al-key-text').innerText();
    await typeCode(page, digitsOf(key));
    await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
    const [code = ''] = await page.locator('.al-codes li').allInnerTexts();
    await page.locator('input[name=answer]').fill(code);
    await comesHome(page, app, () => goOn(page));
    await comesHome(page, app, () => page.getByRole('button', { name: 'Sign out' }).click());

    await askForMail(page, 'wes@example.test');
    await page.getByRole('button', { name: 'Forgot your password?' }).click();
    await typeCode(page, await app.codeTo('wes@example.test', 2));
    await page.getByRole('heading', { name: 'Enter the code from your app' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Cannot go on? Get help' }).getAttribute('href'), supportUrl);
    assert.equal(await page.getByRole('button', { name: 'Not now' }).count(), 0);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.locator('[data-step]').getByText('Type one of the codes that you kept').waitFor();
    await page.locator('input[name=answer]').fill(code);
    await goOn(page);
    await page.locator('[data-step]').getByText('You have 9 recovery codes left.').waitFor();
    await page.getByRole('button', { name: 'Not now' }).click();
    await signInAnew(page);
    await goOn(page);
    await page.getByRole('heading', { name: 'Enter the code from your app' }).waitFor();
    assert.equal((await whoIs(page, app)).status, 401);
    const digits = digitsOf(key, 'next');
    await comesHome(page, app, () => typeCode(page, digits));
    assert.equal((await whoIs(page, app)).acr, 'mfa');
    assert.deepEqual(complaints, []);
  });
});
