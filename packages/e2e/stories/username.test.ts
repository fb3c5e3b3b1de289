import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emailCode, password } from '@portico/koa';
import type { Page } from 'playwright-core';
import { comesHome } from '../stage/come-home.ts';
import { invite } from '../stage/open-browser.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, typeCode } from '../stage/sign-in.ts';
import { startApp, type StartedApp } from '../stage/start-app.ts';

const firstPassword = 'four unrelated words walk';
const otherPassword = 'a kettle hums under snow';

/** Whom the protected route sees. */
async function readSub(page: Page, { origin }: StartedApp): Promise<string> {
  const answer = await page.request.get(`${origin}/api/me`);
  assert.equal(answer.status(), 200);
  const { sub }: { readonly sub: string } = await answer.json();
  return sub;
}

/** From the home page to the step where a username and a password are made up. */
async function comeToNewPassword(page: Page, app: StartedApp, address: string): Promise<void> {
  await page.goto(app.origin);
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByRole('heading', { name: 'Create your App account' }).waitFor();
  await askForMail(page, address);
  await typeCode(page, await app.codeTo(address));
  await page.getByLabel('Username').waitFor();
}

async function signUp(page: Page, app: StartedApp, { name, address }: { readonly name: string; readonly address: string }): Promise<string> {
  await comeToNewPassword(page, app, address);
  await page.getByLabel('Username').fill(name);
  await page.getByLabel('New password', { exact: true }).fill(firstPassword);
  await comesHome(page, app, () => page.getByRole('button', { name: 'Save password' }).click());
  return readSub(page, app);
}

/** Types a name into the first screen of a sign-in. */
async function name(page: Page, typed: string): Promise<void> {
  const field = page.getByLabel('E-mail address or username');
  assert.deepEqual([await field.getAttribute('type'), await field.getAttribute('autocomplete')], ['text', 'username webauthn']);
  await field.fill(typed);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
}

describe('a username', () => {
  const stage = setStage(() => startApp({}, [emailCode(), password()], { username: { isOn: true, atSignUp: 'required' } }));

  test('is chosen with the password at the sign-up, and signs in with it afterwards', async () => {
    const { page, complaints } = await invite(stage.browser);
    const sub = await signUp(page, stage.app, { name: 'Una.Unger', address: 'una@example.test' });
    await comesHome(page, stage.app, () => page.getByRole('button', { name: 'Sign out' }).click());
    await name(page, 'una.unger');
    await page.getByLabel('Password', { exact: true }).fill(firstPassword);
    await comesHome(page, stage.app, () => page.getByRole('button', { name: 'Continue', exact: true }).click());
    assert.equal(await readSub(page, stage.app), sub);
    assert.deepEqual(complaints, []);
  });

  test('that somebody has is said at its field, and another one does', async () => {
    const first = await invite(stage.browser);
    await signUp(first.page, stage.app, { name: 'vera', address: 'vera@example.test' });
    const { page, complaints } = await invite(stage.browser);
    await comeToNewPassword(page, stage.app, 'walt@example.test');
    await page.getByLabel('New password', { exact: true }).fill(firstPassword);
    await page.getByRole('button', { name: 'Save password' }).click();
    await page.getByText('Please fill in this field').first().waitFor();
    await page.getByLabel('Username').fill('VERA');
    await page.getByRole('button', { name: 'Save password' }).click();
    await page.getByText('Somebody has this username already').first().waitFor();
    assert.equal(await page.getByLabel('Username').inputValue(), 'VERA');
    await page.getByLabel('Username').fill('walt');
    await page.getByLabel('New password', { exact: true }).fill(firstPassword);
    await comesHome(page, stage.app, () => page.getByRole('button', { name: 'Save password' }).click());
    assert.ok(await readSub(page, stage.app));
    assert.deepEqual(complaints, []);
  });

  test('gets back in who forgot their password: the code goes to their address, which the page does not say', async () => {
    const { page, complaints } = await invite(stage.browser);
    const sub = await signUp(page, stage.app, { name: 'xenia', address: 'xenia@example.test' });
    await comesHome(page, stage.app, () => page.getByRole('button', { name: 'Sign out' }).click());
    await name(page, 'xenia');
    await page.getByRole('button', { name: 'Forgot your password?' }).click();
    await page.locator('[data-step]').getByText('a code to').waitFor();
    assert.equal((await page.content()).includes('xenia@example.test'), false);
    await typeCode(page, await stage.app.codeTo('xenia@example.test', 2));
    await page.getByLabel('New password', { exact: true }).fill(otherPassword);
    await page.getByRole('button', { name: 'Save password' }).click();
    await page.locator('[data-step]').getByText('Your new password is set').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(otherPassword);
    await comesHome(page, stage.app, () => page.getByRole('button', { name: 'Continue', exact: true }).click());
    assert.equal(await readSub(page, stage.app), sub);
    assert.deepEqual(complaints, []);
  });

  test('that nobody has reads the same as one that somebody has', async () => {
    const { page, complaints } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    await name(page, 'nobody.here');
    await page.getByLabel('Password', { exact: true }).fill(firstPassword);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByText('not the password for this sign-in').first().waitFor();
    assert.deepEqual(complaints, []);
  });
});
