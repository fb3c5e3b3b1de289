import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { invite } from '../stage/open-browser.ts';
import { setStage } from '../stage/set-stage.ts';
import { startApp, type StartedApp } from '../stage/start-app.ts';

/** An authorization request of the public client, as any relying party would send it. */
function authorizeUrl({ origin }: StartedApp, extra: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({
    client_id: 'page',
    response_type: 'code',
    redirect_uri: `${origin}/landing`,
    scope: 'openid email',
    state: 'a-state',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    create_new_user: 'true',
    ...extra,
  });
  return `${origin}/auth/authorize?${query.toString()}`;
}

/** Steps with what a sheet is likely to name: choices, boxes to tick, fields, lists, lines. */
const demos = ['identify', 'choose-method', 'enter-totp-remember', 'set-password', 'consent'];

/** How everything in these steps looks in a page. */
async function looksOf(page: Page, names: readonly string[]): Promise<readonly string[]> {
  const looks: string[] = [];
  for (const demo of names) {
    const shown = await page.evaluateHandle((name) => {
      document.querySelector('auth-login[demo]')?.remove();
      const element = document.createElement('auth-login');
      element.setAttribute('demo', name);
      document.body.append(element);
      return element;
    }, demo);
    await page.locator(`auth-login[demo="${demo}"] [data-step]:not([data-step=starting]) button`).first().waitFor();
    looks.push(...(await shown.evaluate((element) => [...element.querySelectorAll('*:not(svg *)')].map((part) => {
      const { display, fontWeight, fontSize, minHeight, padding, margin, gap } = getComputedStyle(part);
      return [part.localName, part.getAttribute('class'), display, fontWeight, fontSize, minHeight, padding, margin, gap].join(' ');
    }))));
  }
  return looks;
}

describe('the hosted page', () => {
  const stage = setStage(() => startApp({}));

  test('a request from elsewhere signs in there and comes back with code, state and issuer', async () => {
    const { page, complaints } = await invite(stage.browser);
    await page.goto(authorizeUrl(stage.app));
    await page.getByLabel('E-mail address').fill('uma@example.test');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByLabel(/-digit code/).pressSequentially(await stage.app.codeTo('uma@example.test'));
    await page.waitForURL(/\/landing\?/);
    const answer = new URL(page.url()).searchParams;
    assert.equal(answer.get('state'), 'a-state');
    assert.equal(answer.get('iss'), `${stage.app.origin}/auth`);
    assert.ok(answer.get('code'));
    await page.goto(authorizeUrl(stage.app));
    assert.match(page.url(), /\/landing\?code=/);
    assert.deepEqual(complaints, []);
  });

  test('consent is asked for when the request asks, and a refusal goes back as access_denied', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(authorizeUrl(stage.app, { prompt: 'consent' }));
    await page.getByLabel('E-mail address').fill('vic@example.test');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByLabel(/-digit code/).pressSequentially(await stage.app.codeTo('vic@example.test'));
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.waitForURL(/error=access_denied/);
  });

  test('the page speaks the language that the request wants', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(authorizeUrl(stage.app, { ui_locales: 'ar' }));
    await page.getByRole('heading', { name: 'تسجيل الدخول' }).first().waitFor();
    assert.equal(await page.locator('auth-login').getAttribute('dir'), 'rtl');
  });

  test('the form looks as it does in any page: the sheet of the page around it does not reach it', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(stage.app.origin);
    const inAnyPage = await looksOf(page, demos);
    await page.goto(authorizeUrl(stage.app));
    assert.deepEqual(await looksOf(page, demos), inAnyPage);
  });

  test('an unknown client and an unregistered address end on a page of ours', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(authorizeUrl(stage.app, { client_id: 'nobody' }));
    await page.getByText('client_unknown').waitFor();
    await page.goto(authorizeUrl(stage.app, { redirect_uri: 'https://evil.example/' }));
    await page.getByText('redirect_uri_unregistered').waitFor();
  });
});

describe('a page with no backend', () => {
  const stage = setStage(() => startApp({}));

  test('signs in by itself and is given the tokens', async () => {
    const { page } = await invite(stage.browser);
    await page.goto(`${stage.app.origin}/alone`);
    await page.getByLabel('E-mail address').fill('wes@example.test');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByLabel(/-digit code/).pressSequentially(await stage.app.codeTo('wes@example.test'));
    await page.locator('output:not(:empty)').waitFor();
    assert.match(await page.locator('output').innerText(), /access_?token/i);
    assert.equal(new URL(page.url()).pathname, '/alone');
  });
});
