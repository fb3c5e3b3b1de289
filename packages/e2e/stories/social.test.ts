import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { comesHome } from '../stage/come-home.ts';
import { invite, type Person } from '../stage/open-browser.ts';
import { corpButton, signInThere } from '../stage/provider-pages.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, typeCode } from '../stage/sign-in.ts';
import type { StartedApp } from '../stage/start-app.ts';
import { startAppWithProvider } from '../stage/start-upstream.ts';
import { tabTo } from '../stage/tab-to.ts';

/** Presses the provider's button, and signs in in the window that opens. */
async function goInWindow({ page, context }: Person, login: string): Promise<Page> {
  const opened = context.waitForEvent('page');
  await corpButton(page).click();
  const window = await opened;
  await signInThere(window, login);
  return window;
}

async function readSub(page: Page, { origin }: StartedApp): Promise<string> {
  const answer = await page.request.get(`${origin}/api/me`);
  assert.equal(answer.status(), 200);
  const { sub }: { readonly sub: string } = await answer.json();
  return sub;
}

/** An authorization request of another client, at the hosted page. */
const hosted = ({ origin }: StartedApp): string => `${origin}/auth/authorize?${new URLSearchParams({
  client_id: 'page', response_type: 'code', redirect_uri: `${origin}/landing`, scope: 'openid', state: 'a-state',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256', create_new_user: 'true',
}).toString()}`;

describe('signing in with a provider', () => {
  const stage = setStage(() => startAppWithProvider());

  test('a window goes there, closes itself, and the page that waited is signed in; the next time as the same person', async () => {
    const subs: string[] = [];
    for (let visit = 0; visit < 2; visit += 1) {
      const person = await invite(stage.browser);
      const { page } = person;
      await page.goto(stage.app.origin);
      let window: Page | undefined;
      await comesHome(page, stage.app, async () => (window = await goInWindow(person, 'ada@there.test')));
      subs.push(await readSub(page, stage.app));
      if (window !== undefined && !window.isClosed()) await window.waitForEvent('close');
      assert.deepEqual(person.complaints, []);
    }
    assert.equal(subs[0], subs[1]);
  });

  test('a page with no backend keeps its secrets while the window goes, and is given the tokens', async () => {
    const person = await invite(stage.browser);
    await person.page.goto(`${stage.app.origin}/alone`);
    await goInWindow(person, 'bea@there.test');
    await person.page.locator('output:not(:empty)').waitFor();
    assert.equal(new URL(person.page.url()).pathname, '/alone');
  });

  test('the hosted page goes itself, and comes back to where it was, and on to the client', async () => {
    const { page, context, complaints } = await invite(stage.browser);
    await page.goto(hosted(stage.app));
    await corpButton(page).click();
    await signInThere(page, 'cyd@there.test');
    await page.waitForURL(/\/landing\?/);
    const answer = new URL(page.url()).searchParams;
    assert.deepEqual([answer.get('state'), answer.get('iss')], ['a-state', `${stage.app.origin}/auth`]);
    assert.ok(answer.get('code'));
    assert.equal(context.pages().length, 1);
    assert.deepEqual(complaints, []);
  });

  test('where no window opens, a page with a backend goes itself and comes back signed in', async () => {
    const { page, context } = await invite(stage.browser);
    await page.addInitScript('window.open = () => null;');
    await page.goto(stage.app.origin);
    await corpButton(page).click();
    await page.locator('[name=login]').waitFor();
    // It comes back to where it was before it goes home: that alone is no sign-in.
    const answered = page.waitForResponse((answer) => answer.url().startsWith(`${stage.app.origin}/callback?`));
    await signInThere(page, 'dov@there.test');
    await answered;
    await page.waitForLoadState();
    assert.equal(context.pages().length, 1);
    assert.ok(await readSub(page, stage.app));
  });

  test('and a page with none says that its browser opened no window', async () => {
    const { page } = await invite(stage.browser);
    await page.addInitScript('window.open = () => null;');
    await page.goto(`${stage.app.origin}/alone`);
    await corpButton(page).click();
    await page.locator('[data-fault=window_blocked]').waitFor();
    await page.getByLabel('E-mail address').waitFor();
  });

  test('who says no there is told so on the page that waited, tries again, and is let in', async () => {
    const person = await invite(stage.browser);
    const { page, context } = person;
    await page.goto(stage.app.origin);
    const opened = context.waitForEvent('page');
    await corpButton(page).click();
    await (await opened).getByText('Cancel').click();
    await page.locator('[data-fault=provider_cancelled]').waitFor();
    await comesHome(page, stage.app, async () => {
      const again = context.waitForEvent('page');
      await page.getByRole('button', { name: /Try .*Corp.* again/ }).click();
      await signInThere(await again, 'eli@there.test');
    });
    assert.ok(await readSub(page, stage.app));
  });

  test('who closes the window is stuck nowhere: the page still has every way', async () => {
    const person = await invite(stage.browser);
    const { page, context } = person;
    await page.goto(stage.app.origin);
    const opened = context.waitForEvent('page');
    await corpButton(page).click();
    const there = await opened;
    // Whoever closes a window has seen it. Closed while it still opened, it was once never said to be closed.
    await there.locator('[name=login]').waitFor();
    await there.close();
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await page.getByLabel('E-mail address').waitFor();
  });

  test('somebody with an account shows that it is theirs, once, and has both ways in from then on', async () => {
    const person = await invite(stage.browser);
    const { page } = person;
    await page.goto(stage.app.origin);
    await askForMail(page, 'fay@there.test');
    await comesHome(page, stage.app, async () => typeCode(page, await stage.app.codeTo('fay@there.test')));
    const mine = await readSub(page, stage.app);
    const other = await invite(stage.browser);
    await other.page.goto(stage.app.origin);
    await goInWindow(other, 'fay@there.test');
    await other.page.locator('[data-linking=account_exists]').waitFor();
    await comesHome(other.page, stage.app, async () => typeCode(other.page, await stage.app.codeTo('fay@there.test', 2)));
    assert.equal(await readSub(other.page, stage.app), mine);
    const third = await invite(stage.browser);
    await third.page.goto(stage.app.origin);
    await comesHome(third.page, stage.app, () => goInWindow(third, 'fay@there.test'));
    assert.equal(await readSub(third.page, stage.app), mine);
  });

  test('somebody whose provider names no address is asked for one', async () => {
    const person = await invite(stage.browser);
    const { page } = person;
    await page.goto(stage.app.origin);
    await goInWindow(person, 'bare-gus');
    await page.locator('[data-linking=email_needed]').waitFor();
    await askForMail(page, 'gus@there.test');
    await comesHome(page, stage.app, async () => typeCode(page, await stage.app.codeTo('gus@there.test')));
    assert.ok(await readSub(page, stage.app));
  });

  test('an address of the provider’s domain leads there from the hosted page, filled in, with no further press', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(hosted(stage.app));
    await askForMail(page, 'hal@corp.test');
    await page.locator('[name=login]').waitFor();
    await signInThere(page, 'hal@corp.test');
    await page.waitForURL(/\/landing\?.*code=/);
  });

  test('the keyboard alone leads there and back', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(hosted(stage.app));
    await corpButton(page).waitFor();
    await tabTo(page, 'Corp');
    await page.keyboard.press('Enter');
    await page.locator('[name=login]').waitFor();
    await signInThere(page, 'ivy@there.test');
    await page.waitForURL(/\/landing\?.*code=/);
  });

  test('a browser that reloads while it is away finds its step again', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(hosted(stage.app));
    await corpButton(page).click();
    await page.locator('[name=login]').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: /Sign in with .*Corp/ }).first().waitFor();
    await page.getByRole('button', { name: /Continue with .*Corp/ }).click();
    await signInThere(page, 'jim@there.test');
    await page.waitForURL(/\/landing\?.*code=/);
  });
});
