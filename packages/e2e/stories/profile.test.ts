import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emailCode } from '@portico/koa';
import { checkPage } from '../stage/check-page.ts';
import { comesHome } from '../stage/come-home.ts';
import { invite } from '../stage/open-browser.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, typeCode, typeCodeAndReturn } from '../stage/sign-in.ts';
import { startApp } from '../stage/start-app.ts';

describe('who somebody is', () => {
  const profile = { fields: [{ name: 'given_name' as const, isRequired: true }, { name: 'family_name' as const, isRequired: false }] };
  const stage = setStage(() => startApp({}, [emailCode()], { profile }));

  test('is asked once, after the code of a sign-up: what is missing is said at its field, and the next sign-in asks nothing', async () => {
    const { app } = stage;
    const { page, complaints } = await invite(stage.browser);
    await page.goto(`${app.origin}/login`);
    await page.getByRole('button', { name: 'Create an account' }).click();
    await page.getByRole('heading', { name: 'Create your App account' }).waitFor();
    await askForMail(page, 'ida@example.test');
    await typeCode(page, await app.codeTo('ida@example.test'));
    const first = page.getByLabel('First name');
    await first.waitFor();
    await page.locator('input[name=given_name]:focus').waitFor();
    // From where the focus was.
    assert.deepEqual(await checkPage(page), ['Last name (optional)', 'Continue']);
    await page.getByLabel('Last name (optional)').fill('Wells');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByText('Please fill in this field.').first().waitFor();
    assert.equal(await page.getByLabel('Last name (optional)').inputValue(), 'Wells');
    await page.locator('input[name=given_name]:focus').waitFor();
    await page.keyboard.type('Ida');
    await comesHome(page, app, () => page.keyboard.press('Enter'));
    await comesHome(page, app, () => page.getByRole('button', { name: 'Sign out' }).click());
    await askForMail(page, 'ida@example.test');
    await typeCodeAndReturn(page, await app.codeTo('ida@example.test', 2), app.origin);
    // The refused answer is a 422, which a browser counts among its complaints.
    assert.deepEqual(complaints.filter((text) => !text.includes('422')), []);
  });
});
