import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browser, isProblem } from './browser.ts';
import { relyingParty, type RelyingParty } from './relying-party.ts';
import { startPortico, type Portico } from './start-portico.ts';

describe('where a request meets the hosted page', () => {
  let service: Portico;
  let party: RelyingParty;
  before(async () => {
    service = await startPortico();
    party = relyingParty(service);
  });
  after(() => service.close());

  test('HEAD at the authorization endpoint issues no code and keeps no request', async () => {
    const browser = new Browser(service);
    await browser.signIn('head@example.test');
    const reply = await browser.fetch(`/authorize?${new URLSearchParams(party.request).toString()}`, { method: 'HEAD' });
    assert.deepEqual([reply.status, reply.headers.get('Location'), reply.text], [200, null, '']);
  });

  test('a flow is not started for a request that wants no screen, pushed or not', async () => {
    const browser = new Browser(service);
    isProblem(await browser.startFlow({ ...party.request, prompt: 'none' }), 400, 'authorization_request_invalid');
    const { body } = await party.push({ prompt: 'none' });
    isProblem(await browser.startFlow({ request_uri: body.request_uri }), 400, 'authorization_request_invalid');
  });

  for (const [language, direction, words] of [['de', 'ltr', 'Zum Anmelden'], ['ar', 'rtl', 'JavaScript'], ['ja', 'ltr', 'サインイン']] as const) {
    test(`the page and its widget are in the language that the request asked for (${language})`, async () => {
      const browser = new Browser(service);
      const login = (await party.authorize(browser, { ui_locales: language })).headers.get('Location') ?? '';
      const page = await browser.fetch(`${service.origin}${login}`, { headers: { 'Accept-Language': 'fr' } });
      assert.ok(page.text.includes(`<html lang="${language}" dir="${direction}">`));
      assert.match(page.text, new RegExp(`<auth-login [^>]*lang="${language}"></auth-login>`));
      assert.match(page.text, new RegExp(`<noscript><p class="card" lang="${language}" dir="${direction}">.*${words}`));
    });
  }

  test('a form of ours is known by its origin, in a browser that says nothing else', async () => {
    const browser = new Browser(service);
    await browser.askForMail('old-browser@example.test');
    const link = service.inbox.lastLink('old-browser@example.test') ?? '';
    assert.equal((await browser.fetch(link)).headers.get('Referrer-Policy'), 'same-origin');
    const reply = await browser.postForm('/link', { secret: link.split('/').at(-1) ?? '' }, { Origin: service.origin });
    assert.equal(reply.status, 200, reply.text);
  });
});
