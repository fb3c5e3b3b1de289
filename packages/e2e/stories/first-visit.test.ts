import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { newestMail } from '../stage/inbox.ts';
import { invite } from '../stage/open-browser.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, readClaims, signInWithCode, typeCode } from '../stage/sign-in.ts';
import { startExample } from '../stage/start-example.ts';

/** Autofill may sign in, and leave the page, before it has loaded. */
async function returnTo(page: Page, origin: string): Promise<void> {
  await page.goto(origin, { waitUntil: 'commit' });
}

describe('first visits', () => {
  const stage = setStage(startExample);

  test('somebody signs up with a code, makes a passkey, and sees the protected route answer with their claims', async () => {
    const { page, complaints, addAuthenticator } = await invite(stage.browser);
    const authenticator = await addAuthenticator();
    await signInWithCode(page, stage.app, 'mia@example.test');
    await page.getByRole('button', { name: 'Create a passkey' }).click();
    const claims = await readClaims(page);
    assert.ok(claims.amr.includes('email'));
    assert.equal(await authenticator.count(), 1);
    assert.deepEqual(complaints, []);
  });

  test('the second visit signs in by autofill, with nothing typed', async () => {
    const { page, context, addAuthenticator } = await invite(stage.browser);
    await addAuthenticator();
    await signInWithCode(page, stage.app, 'noa@example.test');
    await page.getByRole('button', { name: 'Create a passkey' }).click();
    const first = await readClaims(page);
    await context.clearCookies();
    await returnTo(page, stage.app.origin);
    const second = await readClaims(page);
    assert.equal(second.sub, first.sub);
    assert.equal(second.acr, 'phr');
  });

  test('whoever declines the passkey is signed in all the same', async () => {
    const { page, addAuthenticator } = await invite(stage.browser);
    await addAuthenticator({ isWilling: false });
    await signInWithCode(page, stage.app, 'ole@example.test');
    await page.getByRole('button', { name: 'Not now' }).click();
    assert.equal((await readClaims(page)).acr, 'single');
  });

  test('somebody signs up and in with a passkey alone', async () => {
    const { page, context, addAuthenticator } = await invite(stage.browser);
    const authenticator = await addAuthenticator({ isWilling: false });
    await page.goto(stage.app.origin);
    await page.getByRole('button', { name: 'Create an account' }).click();
    await page.getByRole('button', { name: 'Sign up with a passkey' }).click();
    await authenticator.setWilling(true);
    await page.getByRole('button', { name: 'Create a passkey' }).click();
    const first = await readClaims(page);
    await context.clearCookies();
    await returnTo(page, stage.app.origin);
    assert.equal((await readClaims(page)).sub, first.sub);
  });

  test('a wrong code says how many attempts are left, and the right one still works', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    await askForMail(page, 'pia@example.test');
    const { code = '' } = await newestMail(stage.app.origin, 'pia@example.test');
    const wrong = code === '000000' ? '111111' : '000000';
    await typeCode(page, wrong);
    await page.getByText('2 attempts left.').waitFor();
    await typeCode(page, code);
    assert.ok((await readClaims(page)).sub);
  });
});
