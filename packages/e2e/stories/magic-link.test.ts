import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newestMail } from '../stage/inbox.ts';
import { invite } from '../stage/open-browser.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, readClaims } from '../stage/sign-in.ts';
import { startExample } from '../stage/start-example.ts';

describe('magic links', () => {
  const stage = setStage(startExample);

  test('in the same browser the waiting page goes on by itself', async () => {
    const { page, context, complaints } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    await askForMail(page, 'ana@example.test');
    const { link = '' } = await newestMail(stage.app.origin, 'ana@example.test');
    const other = await context.newPage();
    await other.goto(link);
    await other.getByRole('button', { name: 'Sign in', exact: true }).click();
    await other.getByText('You can close this one.').waitFor();
    await page.bringToFront();
    assert.ok((await readClaims(page)).amr.includes('email'));
    assert.deepEqual(complaints, []);
  });

  test('in the same browser the new window can go on instead', async () => {
    const { page, context, complaints } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    await askForMail(page, 'ben@example.test');
    const { link = '' } = await newestMail(stage.app.origin, 'ben@example.test');
    const other = await context.newPage();
    await other.goto(link);
    await other.getByRole('button', { name: 'Continue in this window instead' }).click();
    assert.ok((await readClaims(other)).sub);
    assert.deepEqual(complaints, []);
  });

  test('on another device the number of the waiting page signs that page in, and not the device', async () => {
    const { page } = await invite(stage.browser);
    const { page: phone, context: phoneContext } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    await askForMail(page, 'cat@example.test');
    const { link = '' } = await newestMail(stage.app.origin, 'cat@example.test');
    const number = await page.locator('.al-number-value').innerText();
    await phone.goto(link);
    await phone.getByLabel('The number on the other screen').fill(number === '00' ? '11' : '00');
    await phone.getByRole('button', { name: 'Sign in the other screen' }).click();
    await phone.getByRole('alert').waitFor();
    await phone.getByLabel('The number on the other screen').fill(number.trim());
    await phone.getByRole('button', { name: 'Sign in the other screen' }).click();
    await phone.getByText('goes on by itself').waitFor();
    assert.ok((await readClaims(page)).sub);
    assert.equal((await phoneContext.cookies()).some(({ name }) => name.includes('session')), false);
  });

  test('a mail scanner that opens the link spends nothing', async () => {
    const { page, context } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    await askForMail(page, 'dan@example.test');
    const { link = '' } = await newestMail(stage.app.origin, 'dan@example.test');
    for (let visit = 0; visit < 5; visit += 1) assert.equal((await fetch(link)).status, 200);
    const other = await context.newPage();
    await other.goto(link);
    await other.getByRole('button', { name: 'Sign in', exact: true }).click();
    await other.getByText('You can close this one.').waitFor();
    await other.goto(link);
    await other.getByText('used already').waitFor();
  });
});
