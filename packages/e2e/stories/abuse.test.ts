import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emailCode, password } from '@portico/koa';
import type { Page } from 'playwright-core';
import { comesHome } from '../stage/come-home.ts';
import { invite } from '../stage/open-browser.ts';
import { setNetwork } from '../stage/set-network.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, typeCode } from '../stage/sign-in.ts';
import { startApp, type StartedApp } from '../stage/start-app.ts';

const secretPhrase = 'four unrelated words walk';

async function signUp(page: Page, app: StartedApp, address: string): Promise<void> {
  await page.goto(app.origin);
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByRole('heading', { name: 'Create your App account' }).waitFor();
  await askForMail(page, address);
  await typeCode(page, await app.codeTo(address));
  await page.getByLabel('New password', { exact: true }).fill(secretPhrase);
  await comesHome(page, app, () => page.getByRole('button', { name: 'Save password' }).click());
}

/** Every request that carried an answer to a puzzle. */
function watchPuzzles(page: Page): { readonly answers: readonly string[] } {
  const answers: string[] = [];
  page.on('request', (request) => {
    const answer = request.headers()['flow-puzzle'];
    if (answer !== undefined) answers.push(answer);
  });
  return { answers };
}

describe('a browser that nobody knows, and wrong passwords', () => {
  const stage = setStage(() => startApp({}, [emailCode(), password()]));

  test('after two of them the browser solves a puzzle by itself, with nothing to press, and the right one signs in', async () => {
    const { page: own } = await invite(stage.browser);
    await signUp(own, stage.app, 'pia@example.test');
    const { page, complaints } = await invite(stage.browser);
    const { answers } = watchPuzzles(page);
    await page.goto(stage.app.origin);
    await askForMail(page, 'pia@example.test');
    const field = page.getByLabel('Password', { exact: true });
    for (let tries = 0; tries < 2; tries += 1) {
      await field.fill(`a wrong phrase ${tries}`);
      const refused = page.waitForResponse((response) => response.url().endsWith('/flow/submit-password'));
      await page.getByRole('button', { name: 'Continue', exact: true }).click();
      assert.equal((await refused).status(), 422);
      await page.getByRole('button', { name: 'Continue', exact: true }).and(page.locator(':not([aria-disabled])')).waitFor();
    }
    assert.deepEqual(answers, []);
    await field.fill(secretPhrase);
    await comesHome(page, stage.app, () => page.getByRole('button', { name: 'Continue', exact: true }).click());
    assert.equal(answers.length, 1);
    assert.equal((await page.request.get(`${stage.app.origin}/api/me`)).status(), 200);
    assert.deepEqual(complaints, []);
  });
});

describe('an app that always asks', () => {
  const stage = setStage(() => startApp({}, [emailCode()], { puzzles: { when: 'always' } }));

  test('is one where the strict policy of our own page holds while the puzzle is solved, which is seen and said', async () => {
    const { page, complaints } = await invite(stage.browser);
    const { answers } = watchPuzzles(page);
    await page.addInitScript(() => {
      const { deriveBits } = SubtleCrypto.prototype;
      const gate = new Promise<void>((resolve) => void Reflect.set(globalThis, 'goOnWithTheWork', resolve));
      SubtleCrypto.prototype.deriveBits = async function (...details) {
        await gate;
        return deriveBits.apply(this, details);
      };
    });
    await setNetwork(page, true);
    await page.goto(`${stage.app.origin}/login`);
    await askForMail(page, 'quin@example.test');
    // What is read is seen too: the line is there for as long as the work takes.
    for (const selector of ['[part=offline]', '[role=status]']) await page.locator(selector, { hasText: 'real browser' }).waitFor();
    await page.evaluate(() => Reflect.apply(Reflect.get(globalThis, 'goOnWithTheWork'), undefined, []));
    await typeCode(page, await stage.app.codeTo('quin@example.test'));
    await page.waitForURL(`${stage.app.origin}/`);
    assert.equal(answers.length, 2);
    assert.deepEqual(complaints, []);
  });
});
