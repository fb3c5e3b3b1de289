/** Each of the service's own pages, on a narrow phone: for everybody, light and dark, with the keyboard alone. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emailCode, magicLink, passkey } from '@portico/koa';
import type { Page } from 'playwright-core';
import { checkPage } from '../stage/check-page.ts';
import { comesHome } from '../stage/come-home.ts';
import { newestMail } from '../stage/inbox.ts';
import { invite } from '../stage/open-browser.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, typeCode } from '../stage/sign-in.ts';
import { startApp, type StartedApp } from '../stage/start-app.ts';

const number = 'The number on the other screen';

async function signIn(page: Page, app: StartedApp, email: string): Promise<void> {
  await page.goto(app.origin);
  await askForMail(page, email);
  await comesHome(page, app, async () => typeCode(page, await app.codeTo(email)));
}

const linkIn = ({ inbox }: StartedApp, to: string, path: string): string => new RegExp(`^https?:\\S+/${path}/[\\w-]+$`, 'm').exec(inbox.last(to)?.text ?? '')?.[0] ?? '';

/** Asks for another address on the guide's page, and gives the code that was sent there. */
async function askForAddress(page: Page, { origin, codeTo }: StartedApp, address: string): Promise<string> {
  await page.goto(`${origin}/my-address`);
  await page.getByLabel('New e-mail address').fill(address);
  await page.getByRole('button', { name: 'Go on' }).click();
  return codeTo(address);
}

describe('on a narrow phone', () => {
  const stage = setStage(() => startApp({}, [emailCode(), magicLink()], { branding: { accentColor: '#ffd400' } }));

  test('the page of a link asks in the browser that began, and Enter lets the page that waits go on', async () => {
    const { page, context } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    await askForMail(page, 'ana@example.test');
    const { link = '' } = await newestMail(stage.app.origin, 'ana@example.test');
    const other = await context.newPage();
    await other.goto(link);
    assert.deepEqual(await checkPage(other), ['Sign in', 'Continue in this window instead']);
    assert.equal(await other.getByRole('button', { name: 'Sign in', exact: true }).evaluate((button) => getComputedStyle(button).backgroundColor), 'rgb(255, 212, 0)');
    await other.getByRole('button', { name: 'Sign in', exact: true }).press('Enter');
    await other.getByRole('heading', { name: 'Done' }).waitFor();
    await checkPage(other);
  });

  test('the page of a link asks elsewhere for the number, and has the focus in the field after a wrong one', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    await askForMail(page, 'ben@example.test');
    const { link = '' } = await newestMail(stage.app.origin, 'ben@example.test');
    const shown = (await page.locator('.al-number-value').innerText()).trim();
    const { page: phone } = await invite(stage.browser);
    await phone.goto(link);
    assert.deepEqual(await checkPage(phone), [number, 'Sign in the other screen']);
    await phone.getByLabel(number).fill(shown === '00' ? '11' : '00');
    await phone.getByLabel(number).press('Enter');
    await phone.getByRole('alert').waitFor();
    assert.equal(await phone.getByLabel(number).evaluate((field) => field === document.activeElement), true);
    await checkPage(phone);
    await phone.goto(`${stage.app.origin}/auth/link/no-such-link`);
    await phone.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await checkPage(phone);
  });

  test('the pages of an address ask before anything changes, and say what did', async () => {
    const { app } = stage;
    const { page, context } = await invite(stage.browser);
    await signIn(page, app, 'cat@example.test');
    await askForAddress(page, app, 'cat.with.quite.a.long.name@some-subdomain.example.test');
    const link = linkIn(app, 'cat.with.quite.a.long.name@some-subdomain.example.test', 'contact');
    const { page: stranger } = await invite(stage.browser);
    await stranger.goto(link);
    assert.deepEqual(await checkPage(stranger), []);
    await page.goto(link);
    assert.deepEqual(await checkPage(page), ['Use this address']);
    await page.getByRole('button').press('Enter');
    await page.getByRole('heading', { name: 'This address is yours now' }).waitFor();
    await checkPage(page);

    const owner = await context.newPage();
    await owner.goto(linkIn(app, 'cat@example.test', 'contact-undo'));
    assert.deepEqual(await checkPage(owner), ['Undo the change']);
    await owner.getByRole('button').press('Enter');
    await owner.getByRole('heading', { name: 'The change was undone' }).waitFor();
    await checkPage(owner);
  });

  test('the page behind “this was not me” asks before it ends anything, and leads to a new start', async () => {
    const { app } = stage;
    const { page } = await invite(stage.browser);
    await signIn(page, app, 'dan@example.test');
    const { page: thief } = await invite(stage.browser, { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' });
    await thief.goto(app.origin);
    await askForMail(thief, 'dan@example.test');
    await comesHome(thief, app, async () => typeCode(thief, await app.codeTo('dan@example.test', 2)));
    const { notMe = '' } = await newestMail(app.origin, 'dan@example.test', 3);
    await page.goto(notMe);
    assert.deepEqual(await checkPage(page), ['End all sign-ins']);
    await page.getByRole('button').press('Enter');
    await page.getByRole('heading', { name: 'All sign-ins have ended' }).waitFor();
    assert.deepEqual(await checkPage(page), ['Secure my account']);
    await page.goto(notMe);
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await checkPage(page);
  });

  test('the page that signs out asks first, and says that it is done', async () => {
    const { page } = await invite(stage.browser);
    await signIn(page, stage.app, 'eva@example.test');
    await page.goto(`${stage.app.origin}/auth/logout`);
    assert.deepEqual(await checkPage(page), ['Sign out']);
    await page.getByRole('button').press('Enter');
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await checkPage(page);
  });

  for (const [locale, title, direction] of [['en-GB', 'This did not work', 'ltr'], ['de-DE', 'Das hat nicht geklappt', 'ltr'], ['ar-EG', 'لم ينجح ذلك', 'rtl']] as const) {
    test(`the page where a request ends speaks ${locale}, and its makers find the code and the request`, async () => {
      const { page } = await invite(stage.browser, { locale });
      const answer = await page.goto(`${stage.app.origin}/auth/authorize?client_id=nobody&response_type=code`);
      await page.getByRole('heading', { name: title }).waitFor();
      await page.getByText('client_unknown').waitFor();
      await page.getByText((await answer?.headerValue('x-request-id')) ?? 'no request', { exact: true }).waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.dir), direction);
      assert.deepEqual(await checkPage(page), []);
    });
  }

  test('the hosted page with the widget in it leads the keyboard through the form and to its end', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(`${stage.app.origin}/auth/recover?client_id=web`);
    await page.getByLabel('E-mail address').waitFor();
    assert.deepEqual(await checkPage(page), ['E-mail address', 'Continue', 'Sign in']);
  });

  test('a way to a provider that nobody began ends on a page of ours', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(`${stage.app.origin}/auth/social/corp/callback?state=made-up&code=made-up`);
    await page.getByRole('heading', { name: 'This did not work' }).waitFor();
    await checkPage(page);
  });
});

describe('on a narrow phone that scanned a code', () => {
  const stage = setStage(() => startApp({}, [passkey({ allowsCrossDevice: true }), emailCode()]));

  test('the page asks, and takes a no', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    await page.getByRole('button', { name: 'Use a passkey on another device' }).click();
    await page.getByRole('img', { name: 'QR code to scan with another device' }).waitFor();
    const link = ((await page.locator('.al-key-text').textContent()) ?? '').trim();
    const { page: phone } = await invite(stage.browser);
    await phone.goto(`${stage.app.origin}/auth/approve`);
    await phone.getByText('There is no code here.').waitFor();
    await checkPage(phone);
    await phone.goto('about:blank');
    await phone.goto(link);
    await phone.getByLabel(number).waitFor();
    assert.deepEqual(await checkPage(phone), [number, 'Approve with my passkey', 'Decline']);
    await phone.getByRole('button', { name: 'Decline' }).press('Enter');
    await phone.getByRole('heading', { name: 'Declined' }).waitFor();
    await checkPage(phone);
    await phone.goto('about:blank');
    await phone.goto(link);
    await phone.getByRole('heading', { name: 'This code does not work' }).waitFor();
    await checkPage(phone);
  });
});
