import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accessCode, emailCode, passkey } from '@portico/koa';
import { invite } from '../stage/open-browser.ts';
import { setStage } from '../stage/set-stage.ts';
import { askForMail, typeCode, typeCodeAndReturn } from '../stage/sign-in.ts';
import { startApp } from '../stage/start-app.ts';

describe('a code of support', () => {
  const stage = setStage(() => startApp({}, [emailCode(), accessCode()]));

  test('gets somebody in who cannot read their mail, once, on the narrowest screen too', async () => {
    const { page, complaints } = await invite(stage.browser, { viewport: { width: 320, height: 640 } });
    await page.goto(stage.app.origin);
    await askForMail(page, 'pia@example.test');
    await typeCodeAndReturn(page, await stage.app.codeTo('pia@example.test'), stage.app.origin);
    const { sub } = (await (await page.request.get(`${stage.app.origin}/api/me`)).json()) as { sub: string };
    const { code } = await stage.app.auth.issueAccessCode({ userId: sub, appId: 'app', issuer: 'Eva' });

    const other = await invite(stage.browser, { viewport: { width: 320, height: 640 } });
    await other.page.goto(stage.app.origin);
    await askForMail(other.page, 'pia@example.test');
    await other.page.getByRole('button', { name: 'Use a code from support' }).click();
    await other.page.getByRole('heading', { name: 'Enter the code from support' }).waitFor();
    assert.ok(await other.page.evaluate(() => document.documentElement.scrollWidth <= 320), 'nothing is wider than the screen');
    await typeCode(other.page, code.replace(/^./, (digit) => String((Number(digit) + 1) % 10)));
    await other.page.getByText('That code is not right').first().waitFor();
    await typeCodeAndReturn(other.page, code, stage.app.origin);
    const auth = (await (await other.page.request.get(`${stage.app.origin}/api/me`)).json()) as { sub: string; amr: readonly string[] };
    assert.deepEqual([auth.sub, auth.amr], [sub, ['otp']]);
    assert.match(stage.app.inbox.last('pia@example.test')?.subject ?? '', /code/);
    assert.deepEqual(complaints, []);
  });
});

describe('an app with passkeys alone, and codes of support', () => {
  const stage = setStage(() => startApp({}, [passkey({ allowsSignUpAlone: true }), accessCode()]));

  test('asks for an address, so that support can name whom a code is for', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    await askForMail(page, 'rio@example.test');
    await page.getByRole('button', { name: 'Use a code from support' }).waitFor();
  });
});
