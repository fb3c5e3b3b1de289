import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emailCode, password } from '@portico/koa';
import type { Page } from 'playwright-core';
import { newestMail, readMails } from '../stage/inbox.ts';
import { comesHome } from '../stage/come-home.ts';
import { invite } from '../stage/open-browser.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, typeCode } from '../stage/sign-in.ts';
import { startApp, type StartedApp } from '../stage/start-app.ts';

const phone = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

const isIn = async (page: Page, { origin }: StartedApp): Promise<boolean> => (await page.request.get(`${origin}/auth/account/v1/sessions`)).status() === 200;

describe('a sign-in from a device that its owner does not know', () => {
  const stage = setStage(() => startApp({}, [emailCode(), password()]));
  const [email, typed] = ['iris@example.test', 'four unrelated words walk'];

  test('is told by mail, and ended by who was not there, who is led to where they get back in', async () => {
    const { app } = stage;
    const { page, complaints } = await invite(stage.browser);
    await page.goto(app.origin);
    await page.getByRole('button', { name: 'Create an account' }).click();
    await page.getByRole('heading', { name: 'Create your App account' }).waitFor();
    await askForMail(page, email);
    await typeCode(page, await app.codeTo(email));
    await page.getByLabel('New password', { exact: true }).fill(typed);
    await comesHome(page, app, () => page.getByRole('button', { name: 'Save password' }).click());
    const mails = (await readMails(app.origin, email)).length;

    const { page: thief } = await invite(stage.browser, { userAgent: phone });
    await thief.goto(app.origin);
    await askForMail(thief, email);
    await thief.getByLabel('Password', { exact: true }).fill(typed);
    await comesHome(thief, app, () => thief.getByRole('button', { name: 'Continue', exact: true }).click());
    assert.deepEqual([await isIn(page, app), await isIn(thief, app)], [true, true]);

    const { notMe: link = '' } = await newestMail(app.origin, email, mails + 1);
    await page.goto(link);
    await page.getByRole('heading', { name: 'Was this not you?' }).waitFor();
    await page.getByText('Firefox · Linux').waitFor();
    assert.equal(await isIn(thief, app), true);
    await page.getByRole('button', { name: 'End all sign-ins' }).click();
    await page.getByRole('heading', { name: 'All sign-ins have ended' }).waitFor();
    assert.deepEqual([await isIn(page, app), await isIn(thief, app)], [false, false]);
    await page.getByRole('link', { name: 'Secure my account' }).click();
    await page.getByLabel('E-mail address').waitFor();
    await page.goto(link);
    await page.getByText('All sign-ins were ended with this link already.').waitFor();
    assert.deepEqual(complaints, []);
  });
});
