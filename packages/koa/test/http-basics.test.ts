import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { Browser, isProblem, type Reply } from './browser.ts';
import { routes } from '../src/http/routes.ts';
import { relyingParty } from './relying-party.ts';
import { startPortico, type Portico } from './start-portico.ts';

describe('every route', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico();
  });
  after(() => service.close());

  const concrete = (path: string): string => path.replace(/:\w+/, 'x');
  const known = new Map<string, Set<string>>();
  for (const { path, methods } of routes) {
    const all = known.get(path) ?? new Set();
    for (const method of methods) all.add(method);
    known.set(path, all);
  }

  for (const [path, methods] of known) {
    test(`${path} answers other HTTP methods with 405 and those that it has`, async () => {
      for (const method of ['PUT', 'PATCH', 'DELETE', 'POST', 'GET'].filter((one) => !methods.has(one))) {
        // A neighbour with a parameter may take it: `/flow/:action` also reads as `/flow/events`.
        if (path === '/flow/events' && method === 'POST') continue;
        if (path === '/flow/:action' && method === 'GET') continue;
        const reply = await new Browser(service).fetch(concrete(path), { method });
        isProblem(reply, 405, 'method_not_allowed');
        const allowed = reply.headers.get('Allow')?.split(', ') ?? [];
        for (const one of methods) assert.ok(allowed.includes(one), `${method} ${path}: ${allowed.join()}`);
      }
    });

    test(`${path} answers OPTIONS without a body`, async () => {
      const reply = await new Browser(service).fetch(concrete(path), { method: 'OPTIONS' });
      assert.deepEqual([reply.status, reply.text], [204, '']);
    });

    test(`${path} names the request, and is not sniffed`, async () => {
      const method = [...methods][0] ?? 'GET';
      const reply = await new Browser(service).fetch(concrete(path), { method });
      assert.match(reply.headers.get('X-Request-Id') ?? '', /^[\w-]{10,}$/);
      assert.equal(reply.headers.get('X-Content-Type-Options'), 'nosniff');
      assert.ok(reply.status < 500, reply.text);
    });
  }

  test('HEAD is GET without the body', async () => {
    for (const path of ['/jwks', '/login', '/preferences?client_id=notes-web', '/.well-known/openid-configuration', '/link/x', '/logout']) {
      const [head, get] = await Promise.all(['HEAD', 'GET'].map((method) => new Browser(service).fetch(path, { method })));
      assert.equal(head?.status, get?.status, path);
      assert.equal(head?.text, '');
    }
  });

  test('what is not there is a problem, at every depth', async () => {
    for (const path of ['', '/', '/nothing', '/flow/submit-identifier/x', '/link', '/link/a/b', '/login/', '/TOKEN', '/.env', '/constructor', '/__proto__']) {
      const reply = await new Browser(service).fetch(`${service.base}${path}`);
      assert.ok([404, 405].includes(reply.status), `${path}: ${reply.status}`);
      assert.equal(reply.headers.get('Content-Type'), 'application/problem+json');
    }
    isProblem(await new Browser(service).post('/flow/toString', {}), 404, 'not_found');
  });

  test('whatever carries or refuses a secret is kept by nobody', async () => {
    const browser = new Browser(service);
    const replies: readonly Reply[] = [
      await browser.startFlow(), await browser.look(), await browser.act('submit-identifier', { identifier: 'a@example.test' }), await browser.act('resend'),
      await browser.fetch('/authorize'), await browser.fetch('/login'), await browser.fetch('/link/x'), await browser.postForm('/link', { secret: 'x' }), await browser.fetch('/logout'),
      await browser.postForm('/token', {}), await browser.postForm('/par', {}), await browser.postForm('/revoke', {}), await browser.postForm('/introspect', {}), await browser.postForm('/sessions/authenticate', {}), await browser.postForm('/sessions/close', {}), await browser.fetch('/userinfo'),
      await browser.fetch('/account/v1/sessions'), await browser.fetch('/preferences'), await browser.fetch('/nothing'), await browser.fetch('/dev/inbox'),
      await relyingParty(service).authorize(browser),
    ];
    for (const [at, reply] of replies.entries()) assert.equal(reply.headers.get('Cache-Control'), 'no-store', `${at}: ${reply.text}`);
  });
});

describe('our own pages', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico();
  });
  after(() => service.close());

  const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' https:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types lit-html";

  test('nothing inline, nothing from elsewhere, in nobody’s frame, and nobody is told the address', async () => {
    const browser = new Browser(service);
    const party = relyingParty(service);
    const login = (await party.authorize(browser)).headers.get('Location') ?? '';
    for (const path of [`${service.origin}${login}`, '/login', '/link/x', '/logout', '/authorize', '/dev/inbox']) {
      const { headers, text } = await browser.fetch(path);
      assert.match(headers.get('Content-Type') ?? '', /^text\/html; charset=utf-8$/);
      assert.equal(headers.get('Content-Security-Policy'), policy);
      assert.equal(headers.get('X-Frame-Options'), 'DENY');
      // A form of ours must be known by its origin.
      assert.equal(headers.get('Referrer-Policy'), ['/link/x', '/logout'].includes(path) ? 'same-origin' : 'no-referrer');
      assert.equal(headers.get('Cross-Origin-Opener-Policy'), 'same-origin');
      assert.equal(headers.get('X-Robots-Tag'), 'noindex');
      assert.doesNotMatch(text, /<style|style="|<script>| on\w+="/);
    }
  });

  test('the sign-in page has the widget, with everything that it needs escaped', async () => {
    const login = (await relyingParty(service).authorize(new Browser(service))).headers.get('Location') ?? '';
    const page = await new Browser(service).fetch(`${service.origin}${login}`);
    assert.match(page.text, new RegExp(`<auth-login heading-level="1" issuer="${service.issuer}" client-id="notes-web" request-uri="urn:ietf:params:oauth:request_uri:[\\w-]{43}" lang="en">`));
    assert.match(page.text, /<link rel="preload" as="fetch" crossorigin href="\/auth\/preferences\?client_id=notes-web">\n<script type="module" src="\/auth\/widget\/[\w-]{12}\/login\.js"><\/script>/);
    const injected = await new Browser(service).fetch(`/login?client_id=notes-web&request_uri=${encodeURIComponent('"><script>alert(1)</script>')}`);
    assert.equal(injected.status, 400);
    assert.doesNotMatch(injected.text, /<script/);
  });

  test('pages speak the languages of their visitor', async () => {
    const german = await new Browser(service).fetch('/logout', { headers: { 'Accept-Language': 'xx, de-AT;q=0.9, en;q=0.1' } });
    assert.match(german.text, /<html lang="de" dir="ltr">/);
    const arabic = await new Browser(service).fetch('/link/x', { headers: { 'Accept-Language': 'ar' } });
    assert.match(arabic.text, /<html lang="ar" dir="rtl">/);
  });

  test('the sheet of an app’s colour is written from six hex digits, and from nothing else', async () => {
    const sheet = await new Browser(service).fetch('/accent-ffd400.css');
    assert.equal(sheet.status, 200);
    assert.match(sheet.headers.get('Content-Type') ?? '', /^text\/css/);
    assert.match(sheet.text, /--accent: #ffd400;/);
    for (const name of ['accent-ffd40.css', 'accent-red;}.css', 'accent-FFD400.css', 'accent-ffd400.css.js']) {
      assert.equal((await new Browser(service).fetch(`/${encodeURIComponent(name)}`)).status, 404, name);
    }
  });

  test('their sheet is there, packed for who takes it so, and not sent twice', async () => {
    const first = await new Browser(service).fetch('/pages.css');
    assert.equal(first.headers.get('Content-Type'), 'text/css; charset=utf-8');
    const again = await new Browser(service).fetch('/pages.css', { headers: { 'If-None-Match': first.headers.get('ETag') ?? '', 'Cache-Control': 'max-age=0' } });
    assert.deepEqual([again.status, again.text], [304, '']);
  });

  test('the widget’s preferences have an ETag, and say what is on', async () => {
    const first = await new Browser(service).fetch('/preferences?client_id=notes-web&ui_locales=fr-CA%20de');
    assert.deepEqual((first.body as { methods: readonly { name: string }[] }).methods.map(({ name }) => name), ['passkey', 'email-code', 'magic-link']);
    assert.equal((first.body as { language: string }).language, 'fr');
    const again = await new Browser(service).fetch('/preferences?client_id=notes-web&ui_locales=fr-CA%20de', { headers: { 'If-None-Match': first.headers.get('ETag') ?? '', 'Cache-Control': 'max-age=0' } });
    assert.equal(again.status, 304);
    isProblem(await new Browser(service).fetch('/preferences?client_id=nobody'), 400, 'client_unknown');
  });
});

describe('what makes no sense', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico();
  });
  after(() => service.close());

  const send = (path: string, body: string, contentType: string): Promise<Reply> =>
    new Browser(service).fetch(path, { method: 'POST', body, headers: { 'Content-Type': contentType } });

  test('a body that is no JSON is malformed', async () => {
    for (const body of ['{', 'nul', '{"kind":}', "{'kind':1}", '\u0000', '[1,]', '{"a":1}x', '[' .repeat(30_000), '{"a":'.repeat(9_000)]) {
      isProblem(await send('/flows', body, 'application/json'), 400, 'body_malformed');
    }
  });

  test('a body in another type is malformed, so that no form of another site is taken', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'application/jsonx', 'text/json', '']) {
      const reply = await send('/flows', '{"kind":"sign-in","client_id":"notes-web"}', type);
      isProblem(reply, 400, 'body_malformed');
    }
  });

  test('a body that is too large is refused, wherever it goes', async () => {
    const large = 'x'.repeat(70_000);
    isProblem(await send('/flows', JSON.stringify({ kind: large }), 'application/json'), 413, 'body_too_large');
    assert.equal((await send('/token', `grant_type=${large}`, 'application/x-www-form-urlencoded')).status, 413);
    assert.equal((await send('/authorize', `client_id=${large}`, 'application/x-www-form-urlencoded')).status, 413);
    assert.equal((await send('/sessions/authenticate', `session_id=${large}`, 'application/x-www-form-urlencoded')).status, 413);
    assert.equal((await send('/link', `secret=${large}`, 'application/x-www-form-urlencoded')).status, 413);
  });

  test('an unknown, missing or wrong field is named by its path', async () => {
    const problem = async (body: unknown): Promise<unknown> => {
      const reply = await new Browser(service).post('/flows', body);
      assert.equal(reply.status, 400, reply.text);
      return reply.body.errors;
    };
    const good = { kind: 'sign-in', client_id: 'notes-web' };
    assert.deepEqual(await problem({ ...good, extra: 1, more: 2 }), [{ path: 'extra', code: 'field_unknown' }, { path: 'more', code: 'field_unknown' }]);
    assert.deepEqual(await problem({ kind: 'sign-in' }), [{ path: 'client_id', code: 'field_missing' }]);
    assert.deepEqual(await problem({ ...good, kind: 'no-kind' }), [{ path: 'kind', code: 'field_invalid' }]);
    assert.deepEqual(await problem({ ...good, max_age: -1 }), [{ path: 'max_age', code: 'field_invalid' }]);
    assert.deepEqual(await problem({ ...good, resource: [1] }), [{ path: 'resource', code: 'field_invalid' }]);
    for (const body of [[], null, 'text', 7, true]) assert.deepEqual(await problem(body), [{ path: '', code: 'field_invalid' }]);
    const polluted = await send('/flows', '{"kind":"sign-in","client_id":"notes-web","__proto__":{"kind":"x"}}', 'application/json');
    assert.ok([201, 400].includes(polluted.status));
    const browser = new Browser(service);
    await browser.startFlow();
    assert.deepEqual((await browser.act('submit-identifier', { identifier: 'a@example.test', admin: true })).body.errors, [{ path: 'admin', code: 'field_unknown' }]);
    assert.deepEqual((await browser.act('submit-identifier', { identifier: ['a'] })).body.errors, [{ path: 'identifier', code: 'field_invalid' }]);
    assert.deepEqual((await browser.act('submit-passkey', { credential: 'x' })).body.errors, [{ path: 'credential', code: 'field_invalid' }]);
  });

  test('cookies that make no sense are no cookies', async () => {
    const endless = 'x'.repeat(7_000);
    for (const cookie of ['portico-session', 'portico-session=', '=', ';;;', 'portico-session=%00%ff', `portico-session=${endless}`, 'portico-session="quoted"', 'portico-session=a=b=c', '__proto__=1']) {
      isProblem(await new Browser(service).fetch('/account/v1/sessions', { headers: { Cookie: cookie } }), 401, 'unauthorized');
      const started = await new Browser(service).fetch('/flows', { method: 'POST', body: '{"kind":"sign-in","client_id":"notes-web"}', headers: { Cookie: cookie, 'Content-Type': 'application/json' } });
      assert.equal(started.status, 201);
    }
  });

  test('headers and addresses that make no sense are no fault of ours', async () => {
    const raw = (path: string, headers: Record<string, string>): Promise<number> =>
      new Promise((resolve, reject) => {
        const { hostname, port } = new URL(service.address);
        request({ hostname, port, path, headers }, (reply) => {
          reply.resume();
          resolve(reply.statusCode ?? 0);
        }).on('error', reject).end();
      });
    for (const host of ['', 'a b', '[', 'evil.example:99999', '://', '%', 'localhost:port', '"', '\u00fc']) {
      for (const path of ['/auth/preferences?client_id=notes-web', '/auth/authorize?client_id=notes-web', '/auth/login', '/auth/logout', '/auth/jwks']) {
        const status = await raw(path, { Host: host });
        assert.ok(status >= 200 && status < 500, `${path} with Host ${JSON.stringify(host)}: ${status}`);
      }
    }
    for (const path of ['/auth/link/%E0%A4%A', '/auth/link/%', '/auth/flow/%00', '/auth/login?%', '/auth/authorize?client_id=%FF&client_id', '/auth//flow', '/auth/account/v1/sessions/%2F', 'http://evil.example/auth/jwks', '/auth/login?a[b]=c&__proto__=d']) {
      const status = await raw(path, { Host: 'localhost' });
      assert.ok(status >= 200 && status < 500, `${path}: ${status}`);
    }
    for (const [name, value] of [['Accept-Language', ';;;q=,'], ['User-Agent', '\u00ff(((['], ['Authorization', 'Bearer'], ['Authorization', 'Basic ====='], ['Flow', '\u00ff'.repeat(50)], ['Origin', '::::'], ['X-Forwarded-For', 'unknown, , ,"']] as const) {
      for (const path of ['/auth/userinfo', '/auth/flow', '/auth/link/x', '/auth/logout']) {
        const status = await raw(path, { [name]: value });
        assert.ok(status >= 200 && status < 500, `${path} with ${name}: ${status}`);
      }
    }
  });

  test('none of it was a fault of ours', () => {
    assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
  });
});
