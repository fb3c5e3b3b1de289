import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emailCode, password } from '@portico/koa';
import type { Locator, Page } from 'playwright-core';
import { comesHome } from '../stage/come-home.ts';
import { invite } from '../stage/open-browser.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, typeCode, typeCodeAndReturn } from '../stage/sign-in.ts';
import { startApp, type StartedApp } from '../stage/start-app.ts';
import { tabTo } from '../stage/tab-to.ts';

const firstPassword = 'four unrelated words walk';
const otherPassword = 'a kettle hums under snow';

const currentField = (page: Page): Locator => page.getByLabel('Password', { exact: true });
const newField = (page: Page): Locator => page.getByLabel('New password', { exact: true });

/** Whom the protected route sees. */
async function readSub(page: Page, { origin }: StartedApp): Promise<string> {
  const answer = await page.request.get(`${origin}/api/me`);
  assert.equal(answer.status(), 200);
  const { sub }: { readonly sub: string } = await answer.json();
  return sub;
}

async function signOut(page: Page, app: StartedApp): Promise<void> {
  await comesHome(page, app, () => page.getByRole('button', { name: 'Sign out' }).click());
  assert.equal((await page.request.get(`${app.origin}/api/me`)).status(), 401);
}

/** From the home page to the step where a password is made up. */
async function comeToNewPassword(page: Page, app: StartedApp, address: string): Promise<void> {
  await page.goto(app.origin);
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByRole('heading', { name: 'Create your App account' }).waitFor();
  await askForMail(page, address);
  await typeCode(page, await app.codeTo(address));
  await newField(page).waitFor();
}

async function signUp(page: Page, app: StartedApp, address: string): Promise<string> {
  await comeToNewPassword(page, app, address);
  await newField(page).fill(firstPassword);
  await comesHome(page, app, () => page.getByRole('button', { name: 'Save password' }).click());
  return readSub(page, app);
}

describe('a password', () => {
  const stage = setStage(() => startApp({}, [emailCode(), password()]));

  test('is made up after the mail of a sign-up: its rules are ticked while it is typed, and what the server refuses stays', async () => {
    const { page, complaints } = await invite(stage.browser);
    await comeToNewPassword(page, stage.app, 'oda@example.test');
    const field = newField(page);
    await page.getByText('At least 15 characters, not yet').waitFor();
    await field.pressSequentially('aaaaaaaaaaaaaa');
    await page.getByText('At least 15 characters, not yet').waitFor();
    await field.pressSequentially('a');
    await page.getByText('At least 15 characters, met').waitFor();
    await page.keyboard.press('Backspace');
    await page.getByText('At least 15 characters, not yet').waitFor();
    await page.getByRole('button', { name: 'Save password' }).click();
    await page.getByText('That password is too short').first().waitFor();
    await page.getByText('That password is too easy to guess').first().waitFor();
    assert.equal(await field.inputValue(), 'aaaaaaaaaaaaaa');
    await field.fill(firstPassword);
    await page.getByText('At least 15 characters, met').waitFor();
    await comesHome(page, stage.app, () => page.getByRole('button', { name: 'Save password' }).click());
    assert.ok(await readSub(page, stage.app));
    assert.deepEqual(complaints, []);
  });

  test('opens the door the next time; a wrong one stays typed, and typing replaces it', async () => {
    const { page, complaints } = await invite(stage.browser);
    const sub = await signUp(page, stage.app, 'pam@example.test');
    await signOut(page, stage.app);
    await askForMail(page, 'pam@example.test');
    const field = currentField(page);
    await field.fill('not this one, surely');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByText('not the password for this sign-in').first().waitFor();
    assert.equal(await field.inputValue(), 'not this one, surely');
    await page.locator('input[name=password]:focus').waitFor();
    await page.keyboard.type(firstPassword);
    await comesHome(page, stage.app, () => page.getByRole('button', { name: 'Continue', exact: true }).click());
    assert.equal(await readSub(page, stage.app), sub);
    assert.deepEqual(complaints, []);
  });

  test('is not needed: a code does as well', async () => {
    const { page } = await invite(stage.browser);
    const sub = await signUp(page, stage.app, 'quy@example.test');
    await signOut(page, stage.app);
    await askForMail(page, 'quy@example.test');
    await page.getByRole('button', { name: 'E-mail me a code' }).click();
    await typeCodeAndReturn(page, await stage.app.codeTo('quy@example.test', 2), stage.app.origin);
    assert.equal(await readSub(page, stage.app), sub);
  });

  test('that is forgotten is replaced after a code, and opens nothing any more', async () => {
    const { page, complaints } = await invite(stage.browser);
    const sub = await signUp(page, stage.app, 'rhea@example.test');
    await signOut(page, stage.app);
    await askForMail(page, 'rhea@example.test');
    await page.getByRole('button', { name: 'Forgot your password?' }).click();
    await typeCode(page, await stage.app.codeTo('rhea@example.test', 2));
    await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
    await newField(page).fill(otherPassword);
    await page.getByRole('button', { name: 'Save password' }).click();
    await page.locator('[data-step]').getByText('Your new password is set. Sign in with it.').waitFor();
    await currentField(page).fill(firstPassword);
    await page.keyboard.press('Enter');
    await page.getByText('not the password for this sign-in').first().waitFor();
    await currentField(page).fill(otherPassword);
    await comesHome(page, stage.app, () => page.keyboard.press('Enter'));
    assert.equal(await readSub(page, stage.app), sub);
    assert.deepEqual(complaints, []);
  });

  test('that support gave is replaced on the way in: it says why, and is not kept itself', async () => {
    const { page, complaints } = await invite(stage.browser, { viewport: { width: 320, height: 640 } });
    const sub = await signUp(page, stage.app, 'tess@example.test');
    await signOut(page, stage.app);
    const given = await stage.app.auth.giveTemporaryPassword({ owner: { email: 'tess@example.test' }, issuedBy: 'desk' });
    assert.ok(given);
    await askForMail(page, 'tess@example.test');
    await currentField(page).fill(given.password);
    await page.keyboard.press('Enter');
    await page.locator('[data-step]').getByText('That was a temporary password. Choose your own.').waitFor();
    await page.getByText('Not your present password').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Not now' }).count(), 0);
    await newField(page).fill(given.password);
    await page.getByRole('button', { name: 'Save password' }).click();
    await page.getByText('You have used that password before.').first().waitFor();
    await newField(page).fill(otherPassword);
    await comesHome(page, stage.app, () => page.getByRole('button', { name: 'Save password' }).click());
    assert.equal(await readSub(page, stage.app), sub);
    await signOut(page, stage.app);
    await askForMail(page, 'tess@example.test');
    await currentField(page).fill(otherPassword);
    await comesHome(page, stage.app, () => page.keyboard.press('Enter'));
    assert.equal(await readSub(page, stage.app), sub);
    assert.deepEqual(complaints, []);
  });

  test('that is to be replaced is replaced by Tab and Enter alone, and the next sign-in asks for nothing more', async () => {
    const { page } = await invite(stage.browser);
    const sub = await signUp(page, stage.app, 'uma@example.test');
    await signOut(page, stage.app);
    assert.equal(await stage.app.auth.demandNewPassword({ owner: { email: 'uma@example.test' }, demandedBy: 'ops' }), true);
    await askForMail(page, 'uma@example.test');
    await page.locator('input[name=password]:focus').waitFor();
    await page.keyboard.type(firstPassword);
    await page.keyboard.press('Enter');
    await page.locator('[data-step]').getByText('You have been asked to replace your password.').waitFor();
    await page.locator('input[name=new-password]:focus').waitFor();
    await page.keyboard.type(otherPassword);
    await comesHome(page, stage.app, () => page.keyboard.press('Enter'));
    assert.equal(await readSub(page, stage.app), sub);
    await signOut(page, stage.app);
    await askForMail(page, 'uma@example.test');
    await currentField(page).fill(otherPassword);
    await comesHome(page, stage.app, () => page.keyboard.press('Enter'));
    assert.equal(await readSub(page, stage.app), sub);
  });

  test('is changed in the page of the guide: its rules are told before, every fault where it was made, and others are out', async () => {
    const { page, complaints } = await invite(stage.browser);
    const sub = await signUp(page, stage.app, 'vic@example.test');
    const elsewhere = await invite(stage.browser);
    await elsewhere.page.goto(stage.app.origin);
    await askForMail(elsewhere.page, 'vic@example.test');
    await currentField(elsewhere.page).fill(firstPassword);
    await comesHome(elsewhere.page, stage.app, () => elsewhere.page.keyboard.press('Enter'));

    await page.goto(`${stage.app.origin}/my-password`);
    await page.getByText('At least 15 characters.').waitFor();
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[name=username]')?.value === 'vic@example.test');
    const [current, wanted] = [page.getByLabel('Present password'), page.getByLabel('New password')];
    const change = page.getByRole('button', { name: 'Change the password' });
    await current.fill('not this one, surely');
    await wanted.fill(otherPassword);
    await change.click();
    await page.getByText('That is not your present password.').waitFor();
    await current.fill(firstPassword);
    await wanted.fill('vic@example.test');
    await change.click();
    await page.getByText('It is made of your address or of our name.').waitFor();
    await wanted.fill('vic');
    await change.click();
    await page.getByText('It is too short. It is').waitFor();
    await wanted.fill(otherPassword);
    await change.click();
    await page.getByText('Your password is changed.').waitFor();
    assert.deepEqual(complaints, []);
    assert.equal((await elsewhere.page.request.get(`${stage.app.origin}/auth/account/v1/contacts`)).status(), 401);

    await page.goto(stage.app.origin);
    await signOut(page, stage.app);
    await askForMail(page, 'vic@example.test');
    await currentField(page).fill(otherPassword);
    await comesHome(page, stage.app, () => page.keyboard.press('Enter'));
    assert.equal(await readSub(page, stage.app), sub);
  });

  test('asks for no mouse, on the narrowest screen either', async () => {
    const { page } = await invite(stage.browser, { viewport: { width: 320, height: 640 } });
    const { app } = stage;
    await page.goto(app.origin);
    await page.getByRole('button', { name: 'Create an account' }).waitFor();
    await tabTo(page, 'Create an account');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Create your App account' }).waitFor();
    await page.locator('input[name=identifier]:focus').waitFor();
    await page.keyboard.type('sol@example.test');
    await page.keyboard.press('Enter');
    const code = await app.codeTo('sol@example.test');
    await page.locator('input[autocomplete=one-time-code]:focus').waitFor();
    await page.keyboard.type(code);
    await page.locator('input[name=new-password]:focus').waitFor();
    await page.keyboard.type(firstPassword);
    await tabTo(page, 'Show password');
    await page.keyboard.press('Space');
    assert.equal(await newField(page).getAttribute('type'), 'text');
    await tabTo(page, 'Save password');
    await comesHome(page, app, () => page.keyboard.press('Enter'));
    const sub = await readSub(page, app);
    await page.getByLabel('E-mail address').waitFor();
    await tabTo(page, 'Sign out');
    await comesHome(page, app, () => page.keyboard.press('Enter'));
    await page.getByLabel('E-mail address').waitFor();
    await tabTo(page, 'E-mail address');
    await page.keyboard.type('sol@example.test');
    await page.keyboard.press('Enter');
    await page.locator('input[name=password]:focus').waitFor();
    await page.keyboard.type('not this one, surely');
    await page.keyboard.press('Enter');
    await page.getByText('not the password for this sign-in').first().waitFor();
    await page.locator('input[name=password]:focus').waitFor();
    await page.keyboard.type(firstPassword);
    await comesHome(page, app, () => page.keyboard.press('Enter'));
    assert.equal(await readSub(page, app), sub);
  });
});
