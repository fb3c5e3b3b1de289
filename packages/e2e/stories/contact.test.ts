import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emailCode, magicLink } from '@portico/koa';
import { invite } from '../stage/open-browser.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, typeCodeAndReturn } from '../stage/sign-in.ts';
import { startApp } from '../stage/start-app.ts';

describe('an address that changes', () => {
  const stage = setStage(() => startApp({}, [emailCode(), magicLink()]));

  test('is typed into the page of the guide, proved by its code, and the old one takes it back', async () => {
    const { page, complaints } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    await askForMail(page, 'ida@example.test');
    await typeCodeAndReturn(page, await stage.app.codeTo('ida@example.test'), stage.app.origin);
    await page.goto(`${stage.app.origin}/my-address`);
    await page.getByLabel('New e-mail address').fill('ida.new@example.test');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('We wrote to ida.new@example.test.').waitFor();
    await page.getByLabel('Code from the mail').fill(await stage.app.codeTo('ida.new@example.test'));
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('Your address is ida.new@example.test now.').waitFor();
    assert.deepEqual(complaints, []);

    const told = stage.app.inbox.last('ida@example.test');
    const link = /^https?:\S+\/contact-undo\/[\w-]+$/m.exec(told?.text ?? '')?.[0] ?? '';
    const owner = await invite(stage.browser, { viewport: { width: 320, height: 640 } });
    await owner.page.goto(link);
    await owner.page.getByText('ida@example.test').waitFor();
    assert.ok(await owner.page.evaluate(() => document.documentElement.scrollWidth <= 320), 'nothing is wider than the screen');
    await owner.page.getByRole('button', { name: 'Undo the change' }).click();
    await owner.page.getByRole('heading', { name: 'The change was undone' }).waitFor();
    assert.deepEqual(owner.complaints, []);
    assert.equal((await page.request.get(`${stage.app.origin}/auth/account/v1/contacts`)).status(), 401);
  });

  test('is proved by the link of the mail in the browser that asked, and in no other', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    await askForMail(page, 'lea@example.test');
    await typeCodeAndReturn(page, await stage.app.codeTo('lea@example.test'), stage.app.origin);
    await page.goto(`${stage.app.origin}/my-address`);
    await page.getByLabel('New e-mail address').fill('lea.new@example.test');
    await page.getByRole('button', { name: 'Go on' }).click();
    await stage.app.codeTo('lea.new@example.test');
    const link = /^https?:\S+\/contact\/[\w-]+$/m.exec(stage.app.inbox.last('lea.new@example.test')?.text ?? '')?.[0] ?? '';
    const stranger = await invite(stage.browser);
    await stranger.page.goto(link);
    await stranger.page.getByText('This link works in the browser in which you asked').waitFor();
    await page.goto(link);
    await page.getByRole('button', { name: 'Use this address' }).click();
    await page.getByRole('heading', { name: 'This address is yours now' }).waitFor();
  });
});
