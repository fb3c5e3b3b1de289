import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { comesHome, readClaims } from '../stage/come-home.ts';
import { invite, type Person } from '../stage/open-browser.ts';
import { corpButton, signInThere } from '../stage/provider-pages.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, typeCode } from '../stage/sign-in.ts';
import type { StartedApp } from '../stage/start-app.ts';
import { startAppWithProvider } from '../stage/start-upstream.ts';
import { tabTo } from '../stage/tab-to.ts';

/** Signed in by a code, at their settings. */
async function atSettings(person: Person, app: StartedApp, email: string): Promise<string> {
  const { page } = person;
  await page.goto(app.origin);
  await askForMail(page, email);
  const code = await app.codeTo(email);
  await comesHome(page, app, () => typeCode(page, code));
  const { sub } = await readClaims(page, app);
  await page.goto(`${app.origin}/settings`);
  return sub;
}

/** Chooses the provider beside the page, and signs in in the window that opens. */
async function addBeside({ page, context }: Person, login: string): Promise<void> {
  await page.getByRole('button', { name: 'Add an account' }).click();
  await page.getByRole('heading', { name: 'Add a way to sign in' }).waitFor();
  const opened = context.waitForEvent('page');
  await corpButton(page).click();
  await signInThere(await opened, login);
}

/** How often somebody was told, once the mail has come: it is sent after the page is. */
async function toldOf(provider: string, email: string, { inbox }: StartedApp): Promise<number> {
  const told = () => inbox.list().filter(({ to, subject }) => to === email && subject.includes(provider)).length;
  for (let looks = 0; looks < 100 && told() === 0; looks += 1) await sleep(100);
  return told();
}

/** Somebody new at the first screen, with the provider: who they turn out to be. */
async function comesBy(login: string, { browser, app }: { readonly browser: Parameters<typeof invite>[0]; readonly app: StartedApp }): Promise<string> {
  const { page, context } = await invite(browser);
  await page.goto(app.origin);
  const opened = context.waitForEvent('page');
  await corpButton(page).click();
  await comesHome(page, app, async () => signInThere(await opened, login));
  return (await readClaims(page, app)).sub;
}

describe('adding an account at a provider while signed in', () => {
  const stage = setStage(() => startAppWithProvider());

  test('beside a page that stays as it is: it says whose account gets it, a mail tells them, and it signs them in from then on', async () => {
    const { app } = stage;
    const person = await invite(stage.browser);
    const { page } = person;
    const email = 'ann@example.test';
    const sub = await atSettings(person, app, email);
    await page.getByLabel('About me').fill('half a sentence');
    await page.evaluate(() => Reflect.set(globalThis, 'untouched', true));
    await addBeside(person, 'ann-elsewhere@there.test');
    await page.getByText('Your account there is linked').first().waitFor();
    await page.locator('output', { hasText: 'added' }).waitFor();
    assert.equal(await page.getByLabel('About me').inputValue(), 'half a sentence');
    assert.equal(await page.evaluate(() => Reflect.get(globalThis, 'untouched')), true);
    assert.deepEqual(await readClaims(page, app).then((claims) => [claims.sub, claims.amr, claims.acr]), [sub, ['email', 'otp'], 'single']);
    assert.equal(await toldOf('Corp', email, app), 1);
    assert.deepEqual(person.complaints, []);
    assert.equal(await comesBy('ann-elsewhere@there.test', stage), sub);
  });

  test('says to whom before anything is chosen', async () => {
    const person = await invite(stage.browser);
    await atSettings(person, stage.app, 'bob@example.test');
    await person.page.getByRole('button', { name: 'Add an account' }).click();
    await person.page.getByText(/signs you in here as .*bob@example\.test/).waitFor();
  });

  test('on the hosted page, which goes to the provider itself, comes back to its step, and on to the app', async () => {
    const { app } = stage;
    const person = await invite(stage.browser);
    const { page, context } = person;
    const sub = await atSettings(person, app, 'cas@example.test');
    await page.getByRole('link', { name: 'On the page for that' }).click();
    await page.getByText(/signs you in here as .*cas@example\.test/).waitFor();
    await corpButton(page).click();
    await page.locator('[name=login]').waitFor();
    const back = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame() && frame.url() === `${app.origin}/settings`);
    await signInThere(page, 'cas-elsewhere@there.test');
    await back;
    assert.equal(context.pages().length, 1);
    assert.deepEqual(person.complaints, []);
    assert.equal(await comesBy('cas-elsewhere@there.test', stage), sub);
  });

  test('an account that is somebody else’s already is refused, with what to do, and the way back to the others', async () => {
    const { app } = stage;
    const owner = await comesBy('dee@there.test', stage);
    const person = await invite(stage.browser);
    const { page } = person;
    await atSettings(person, app, 'eve@example.test');
    await addBeside(person, 'dee@there.test');
    await page.locator('[data-fault=provider_account_taken]').waitFor();
    await page.getByText('Somebody here has that account already').first().waitFor();
    assert.equal(await page.getByText('dee@there.test').count(), 0);
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await corpButton(page).waitFor();
    assert.equal(await comesBy('dee@there.test', stage), owner);
  });

  test('who is no longer signed in at the issuer is told to do that first, and signs in nowhere by it', async () => {
    const person = await invite(stage.browser);
    const { page, context } = person;
    await atSettings(person, stage.app, 'flo@example.test');
    await context.clearCookies({ name: 'portico-session' });
    await page.getByRole('button', { name: 'Add an account' }).click();
    await page.getByText('Please sign in first.').first().waitFor();
    assert.equal(await corpButton(page).count(), 0);
  });

  test('the keyboard alone gets there and back', async () => {
    const person = await invite(stage.browser);
    const { page } = person;
    await atSettings(person, stage.app, 'gil@example.test');
    await page.getByRole('link', { name: 'On the page for that' }).click();
    await corpButton(page).waitFor();
    await tabTo(page, 'Corp');
    await page.keyboard.press('Enter');
    await page.locator('[name=login]').waitFor();
    await signInThere(page, 'gil-elsewhere@there.test');
    await page.waitForURL(`${stage.app.origin}/settings`);
  });
});
