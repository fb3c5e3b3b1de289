import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emailCode, passkey } from '@portico/koa';
import type { Page } from 'playwright-core';
import { comesHome, readClaims } from '../stage/come-home.ts';
import { invite, type Person } from '../stage/open-browser.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, typeCode } from '../stage/sign-in.ts';
import { startApp, type StartedApp } from '../stage/start-app.ts';

/** Somebody whose phone has a passkey of theirs, and is signed in nowhere. */
async function invitePhone(stage: { readonly app: StartedApp; readonly browser: Parameters<typeof invite>[0] }, email: string): Promise<Person & { readonly sub: string }> {
  const phone = await invite(stage.browser, { viewport: { width: 390, height: 760 }, hasTouch: true });
  const authenticator = await phone.addAuthenticator();
  await phone.page.goto(stage.app.origin);
  await askForMail(phone.page, email);
  const code = await stage.app.codeTo(email);
  await typeCode(phone.page, code);
  await comesHome(phone.page, stage.app, () => phone.page.getByRole('button', { name: 'Create a passkey' }).click());
  assert.equal(await authenticator.count(), 1);
  const { sub } = await readClaims(phone.page, stage.app);
  // Away from the first screen, where autofill would sign in at once.
  await phone.page.goto('about:blank');
  await phone.context.clearCookies();
  return { ...phone, sub };
}

/** Has the page show a code: the address in it, as a camera would read it, and the digits beside it. */
async function drawCode(page: Page, app: StartedApp): Promise<{ readonly link: string; readonly number: string }> {
  await page.goto(app.origin);
  await page.getByRole('button', { name: 'Use a passkey on another device' }).click();
  return readCode(page);
}

async function readCode(page: Page): Promise<{ readonly link: string; readonly number: string }> {
  await page.getByRole('img', { name: 'QR code to scan with another device' }).waitFor();
  const link = (await page.locator('.al-key-text').textContent()) ?? '';
  return { link: link.trim(), number: (await page.locator('.al-number-value').innerText()).trim() };
}

const digits = (page: Page): ReturnType<Page['getByLabel']> => page.getByLabel('The number on the other screen');
const approve = (page: Page): Promise<void> => page.getByRole('button', { name: 'Approve with my passkey' }).click();

describe('a passkey on another device', () => {
  const stage = setStage(() => startApp({}, [passkey({ allowsCrossDevice: true }), emailCode()]));

  test('signs in the page that shows the code, as whose passkey it is, and the phone nowhere', async () => {
    const phone = await invitePhone(stage, 'ida@example.test');
    const { page, complaints, addAuthenticator } = await invite(stage.browser);
    await addAuthenticator();
    const { link, number } = await drawCode(page, stage.app);
    await phone.page.goto(link);
    await phone.page.getByRole('heading', { name: 'Sign in to App on the other screen?' }).waitFor();
    // The secret is out of the address, and of the history, once it was sent.
    assert.equal(phone.page.url(), `${stage.app.origin}/auth/approve`);
    for (const shown of ['Chrome', 'Linux', 'UTC']) await phone.page.getByText(shown).first().waitFor();
    await page.getByText('Scanned. Go on there').waitFor();
    assert.equal(await page.locator('svg.al-qr').count(), 0);

    await digits(phone.page).fill(number === '11' ? '22' : '11');
    await approve(phone.page);
    await phone.page.getByRole('alert').filter({ hasText: 'not the number' }).waitFor();
    await digits(phone.page).fill(number);
    await approve(phone.page);
    await phone.page.getByText('goes on by itself').waitFor();
    assert.equal((await phone.context.cookies()).some(({ name }) => name.includes('session')), false);

    // This device has shown no passkey of its own, so that one is offered.
    await page.getByRole('heading', { name: 'Sign in faster next time' }).waitFor();
    await comesHome(page, stage.app, () => page.getByRole('button', { name: 'Not now' }).click());
    const { sub, acr, amr } = await readClaims(page, stage.app);
    assert.deepEqual([sub, acr, amr.includes('mca')], [phone.sub, 'mfa', true]);
    assert.deepEqual([...complaints, ...phone.complaints], []);
  });

  test('declined there, nobody is signed in, and the page shows another code when it is asked for', async () => {
    const phone = await invitePhone(stage, 'jon@example.test');
    const { page, complaints } = await invite(stage.browser);
    const { link } = await drawCode(page, stage.app);
    await phone.page.goto(link);
    await phone.page.getByRole('button', { name: 'Decline' }).click();
    await phone.page.getByText('Nobody was signed in with this code').waitFor();
    await page.getByText('Declined on the other device.').waitFor();
    assert.equal((await page.request.get(`${stage.app.origin}/api/me`)).status(), 401);
    await page.getByRole('button', { name: 'Show a new code' }).click();
    const again = await readCode(page);
    assert.notEqual(again.link, link);
    // In the tab that says what became of the first: only what stands behind the # of its address changes.
    await phone.page.goto(again.link);
    await digits(phone.page).fill(again.number);
    await comesHome(page, stage.app, () => approve(phone.page));
    assert.equal((await readClaims(page, stage.app)).sub, phone.sub);
    assert.deepEqual([...complaints, ...phone.complaints], []);
  });

  test('a second phone cannot take a code that another has scanned, and one without a passkey approves nothing', async () => {
    const { page } = await invite(stage.browser);
    const { link, number } = await drawCode(page, stage.app);
    const { page: first, addAuthenticator } = await invite(stage.browser);
    const { page: second } = await invite(stage.browser);
    await addAuthenticator();
    await first.goto(link);
    await digits(first).waitFor();
    await second.goto(link);
    await second.getByText('scanned by another device first').waitFor();
    await digits(first).fill(number);
    await approve(first);
    await first.getByText('No passkey was used, so nothing is approved.').waitFor();
    await page.getByText('Scanned. Go on there').waitFor();
    assert.equal((await page.request.get(`${stage.app.origin}/api/me`)).status(), 401);
  });

  test('a browser that cannot use passkeys, as inside of another app, says so and leaves the code to one that can', async () => {
    const phone = await invitePhone(stage, 'lou@example.test');
    const { page } = await invite(stage.browser);
    const { link, number } = await drawCode(page, stage.app);
    const { page: inside } = await invite(stage.browser);
    await inside.addInitScript(() => void Reflect.deleteProperty(globalThis, 'PublicKeyCredential'));
    await inside.goto(link);
    await inside.getByRole('heading', { name: 'Not in this browser' }).waitFor();
    // For what the app calls “open in the browser”.
    assert.equal(inside.url(), link);
    await phone.page.goto(link);
    await digits(phone.page).fill(number);
    await comesHome(page, stage.app, () => approve(phone.page));
    assert.equal((await readClaims(page, stage.app)).sub, phone.sub);
  });

  test('a tab that shows one code takes another that is scanned into it, whatever it shows', async () => {
    const phone = await invitePhone(stage, 'kim@example.test');
    const { page } = await invite(stage.browser);
    const first = await drawCode(page, stage.app);
    await phone.page.goto(first.link);
    await digits(phone.page).fill('1');
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Use a passkey on another device' }).click();
    const second = await readCode(page);
    // A live question, then the word that a code is past, then a new question.
    await phone.page.goto(first.link);
    await phone.page.getByText('no longer waits for this code').waitFor();
    await phone.page.goto(second.link);
    await digits(phone.page).fill(second.number);
    assert.equal(phone.page.url(), `${stage.app.origin}/auth/approve`);
    await comesHome(page, stage.app, () => approve(phone.page));
    assert.equal((await readClaims(page, stage.app)).sub, phone.sub);
    // And the word that all is well, for the next one.
    const { page: other } = await invite(stage.browser);
    const third = await drawCode(other, stage.app);
    await phone.page.goto(third.link);
    await digits(phone.page).waitFor();
    assert.deepEqual(phone.complaints, []);
  });

  test('an address without a code says so, and a page that goes back leaves the code worth nothing', async () => {
    const { page } = await invite(stage.browser);
    const { link } = await drawCode(page, stage.app);
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByLabel('E-mail address').waitFor();
    const { page: phone } = await invite(stage.browser);
    await phone.goto(link);
    await phone.getByText('no longer waits for this code').waitFor();
    await phone.goto('about:blank');
    await phone.goto(`${stage.app.origin}/auth/approve`);
    await phone.getByText('There is no code here.').waitFor();
  });
});
