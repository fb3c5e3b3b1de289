import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { headTags } from '../src/http/head-tags.ts';
import { Browser } from './browser.ts';
import { startPortico, type Portico } from './start-portico.ts';

describe('what a page’s head has of the widget', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico();
  });
  after(() => service.close());

  test('is its script, at an address that changes with what it says, below the issuer', () => {
    assert.match(service.auth.headTags('notes-web'), new RegExp(`src="${service.issuer}/widget/[\\w-]{12}/login\\.js"`));
  });

  test('escapes the client’s name, and asks for the preferences as the widget does', () => {
    const tags = headTags({ issuer: '/auth', clientId: '"><script> &', widgetScript: 'widget/v/login.js' }).markup;
    assert.equal(tags, '<link rel="preload" as="fetch" crossorigin href="/auth/preferences?client_id=%22%3E%3Cscript%3E+%26">\n<script type="module" src="/auth/widget/v/login.js"></script>');
  });

  test('is there for a client that nobody named too, but the log says who was meant', () => {
    assert.match(service.auth.headTags('notes-wbe'), /client_id=notes-wbe/);
    const said = service.log.filter(({ event }) => event === 'client_unknown').map(({ fields }) => fields);
    assert.deepEqual(said, [{ client_id: 'notes-wbe', advice: 'headTags() is given one of: notes-web, notes-spa, other-web' }]);
  });

  test('finds nothing below that address but files of the widget', async () => {
    for (const path of ['/widget', '/widget/', '/widget/x', '/widget/x/', '/widget/x/nothing.js', '/widget/x/../login.mjs', '/widget/x/%2e%2e/package.json', '/widget//login.js']) {
      assert.equal((await new Browser(service).fetch(path)).status, 404, path);
    }
  });

  test('preferences without a wish follow the browser’s languages, and say that they do', async () => {
    const german = await new Browser(service).fetch('/preferences?client_id=notes-web', { headers: { 'Accept-Language': 'de-AT, en;q=0.5' } });
    assert.equal((german.body as { language: string }).language, 'de');
    assert.match(german.headers.get('Vary') ?? '', /Accept-Language/);
    const french = await new Browser(service).fetch('/preferences?client_id=notes-web&ui_locales=fr', { headers: { 'Accept-Language': 'de' } });
    assert.equal((french.body as { language: string }).language, 'fr');
  });
});
