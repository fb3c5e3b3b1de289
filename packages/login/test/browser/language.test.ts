import { afterEach, beforeEach, describe, equal, it, ok } from './mocha.ts';
import { demoPreferences } from '../../src/demo/demo-views.ts';
import { cleanUp, FakeIssuer, issuer, json, mount, step, until, view } from './support.ts';

const hosted = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };
let server: FakeIssuer;

describe('the language, and what else the page asks for', () => {
  beforeEach(() => {
    server = new FakeIssuer().on('/flows', view('identify'));
    server.on('/login', async () => json(200, { issuer, client_id: 'app', request_uri: 'urn:request:1' }));
  });
  afterEach(() => {
    cleanUp();
    document.documentElement.lang = 'en';
  });

  it('reaches the backend with the person’s address and the kind, the element’s own language first', async () => {
    const element = mount({ 'login-url': '/login', lang: 'fr', 'login-hint': 'robin@example.com', kind: 'sign-up' });
    await step(element, 'identify');
    const ui_locales = ['fr', ...navigator.languages].join(' ');
    equal(server.sentTo('/login')[0]?.body, { kind: 'sign-up', login_hint: 'robin@example.com', ui_locales });
  });

  for (const lang of ['en', 'fr']) {
    it(`${lang}, set on the element, wins over what the server picked for the browser`, async () => {
      server.preferences = { ...demoPreferences, language: 'de' };
      const element = mount({ ...hosted, lang });
      await step(element, 'identify');
      await until(() => element.textContent?.includes(lang === 'en' ? 'E-mail address' : 'Adresse e-mail'), 'the texts');
      await new Promise((resolve) => setTimeout(resolve, 100));
      equal(element.lang, lang);
    });
  }

  it('of the server wins over the page’s around the element, which holds until then', async () => {
    document.documentElement.lang = 'es';
    server.preferences = { ...demoPreferences, language: 'de' };
    const waiting = mount({ 'login-url': '/never' });
    await until(() => waiting.lang === 'es', 'the page’s language');
    const answered = mount(hosted);
    await until(() => answered.lang === 'de', 'the server’s');
  });

  it('follows the attribute when the page changes it, and lets go of it when the page takes it away', async () => {
    server.preferences = { ...demoPreferences, language: 'de' };
    const element = mount({ ...hosted, lang: 'fr' });
    await step(element, 'identify');
    element.lang = 'es';
    await until(() => element.textContent?.includes('Continuar'), 'Spanish');
    element.removeAttribute('lang');
    await until(() => element.lang === 'de', 'German');
  });

  it('strangers may sign up at a browser-only client that says so, and the link is the server’s to allow', async () => {
    const own = { issuer, 'client-id': 'spa', 'redirect-uri': location.origin };
    const element = mount({ ...own, 'create-new-user': '' });
    await step(element, 'identify');
    equal(server.sentTo('/flows')[0]?.body['create_new_user'], true);
    ok(element.querySelector('[data-action=switch]'), 'the link');
    server.on('/flows', { ...view('identify'), may_sign_up: false } as ReturnType<typeof view>);
    const closed = mount(own);
    await step(closed, 'identify');
    equal(server.sentTo('/flows')[1]?.body['create_new_user'], undefined);
    equal(closed.querySelector('[data-action=switch]'), null);
  });
});
