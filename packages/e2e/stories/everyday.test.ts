import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newestMail } from '../stage/inbox.ts';
import { invite } from '../stage/open-browser.ts';
import { setNetwork } from '../stage/set-network.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, readClaims, signInWithCode, typeCode } from '../stage/sign-in.ts';
import { startExample } from '../stage/start-example.ts';
import { tabTo } from '../stage/tab-to.ts';

describe('every day', () => {
  const stage = setStage(startExample);

  test('signing out ends the session: the protected route and the login page know nobody', async () => {
    const { page } = await invite(stage.browser);
    await signInWithCode(page, stage.app, 'eva@example.test');
    await readClaims(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail address').waitFor();
    assert.equal((await page.request.get(`${stage.app.origin}/api/me`)).status(), 401);
    assert.equal(await page.getByRole('button', { name: /Continue as/ }).count(), 0);
  });

  test('a reload in the middle resumes the step', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    await askForMail(page, 'fay@example.test');
    const { code = '' } = await newestMail(stage.app.origin, 'fay@example.test');
    await page.reload();
    await typeCode(page, code);
    assert.ok((await readClaims(page)).sub);
  });

  test('two tabs sign in side by side', async () => {
    const { page, context } = await invite(stage.browser);
    const other = await context.newPage();
    await page.goto(stage.app.origin);
    await other.goto(stage.app.origin);
    await askForMail(page, 'gil@example.test');
    await askForMail(other, 'hal@example.test');
    const { code: first = '' } = await newestMail(stage.app.origin, 'gil@example.test');
    const { code: second = '' } = await newestMail(stage.app.origin, 'hal@example.test');
    await page.bringToFront();
    await typeCode(page, first);
    const one = await readClaims(page);
    await other.bringToFront();
    await typeCode(other, second);
    const two = await readClaims(other);
    assert.notEqual(one.sub, two.sub);
  });

  test('somebody signs in with the keyboard alone', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    await page.getByLabel('E-mail address').waitFor();
    await tabTo(page, 'E-mail address');
    await page.keyboard.type('ida@example.test');
    await page.keyboard.press('Enter');
    const { code = '' } = await newestMail(stage.app.origin, 'ida@example.test');
    await page.locator('input[autocomplete=one-time-code]:focus').waitFor();
    await page.keyboard.type(code);
    assert.ok((await readClaims(page)).sub);
  });

  test('a slow network shows that something happens, and loses nothing', async () => {
    const { page, context } = await invite(stage.browser);
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 });
    await signInWithCode(page, stage.app, 'jon@example.test');
    assert.ok((await readClaims(page)).sub);
  });

  test('offline is said, and what was typed goes on when the network is back', async () => {
    const { page } = await invite(stage.browser);
    await setNetwork(page, true);
    // The screen is there before the flow: without one it could only begin anew.
    const begun = page.waitForResponse('**/auth/flows');
    await page.goto(stage.app.origin);
    await (await begun).finished();
    await page.getByLabel('E-mail address').fill('kim@example.test');
    await setNetwork(page, false);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.locator('[data-fault=offline]').getByText('You are offline').waitFor();
    await setNetwork(page, true);
    await page.getByLabel(/-digit code/).waitFor();
    assert.ok((await newestMail(stage.app.origin, 'kim@example.test')).code);
  });

  test('an expired code and an old one each say so', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    await askForMail(page, 'lea@example.test');
    const { code = '' } = await newestMail(stage.app.origin, 'lea@example.test');
    await typeCode(page, code);
    await readClaims(page);
    const replay = await invite(stage.browser);
    await replay.page.goto(stage.app.origin);
    await askForMail(replay.page, 'max@example.test');
    await newestMail(stage.app.origin, 'max@example.test');
    await typeCode(replay.page, code);
    await replay.page.getByText('That code is not right').first().waitFor();
  });

  test('whoever is signed in stays so when the process is killed and started again', async () => {
    const { page } = await invite(stage.browser);
    await signInWithCode(page, stage.app, 'nia@example.test');
    const claims = await readClaims(page);
    await stage.app.restart();
    await page.reload();
    assert.equal((await readClaims(page)).sub, claims.sub);
  });
});
