import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browser, isAt, isDone, isProblem, type FlowBody } from './browser.ts';
import { codeIn, relyingParty } from './relying-party.ts';
import { startPortico, type Portico } from './start-portico.ts';

const registered = 'https://spa.example';
const attacks = [
  'https://evil.example', 'https://spa.example.evil.example', 'https://evilspa.example', 'https://sub.spa.example', 'http://spa.example', 'https://spa.example:8443',
  'https://spa.example:443', 'https://spa.example/', 'HTTPS://SPA.EXAMPLE', 'https://spa.example.', 'https://spa.example@evil.example', 'null', '*', 'https://',
  'https://spa.example, https://evil.example', 'chrome-extension://spa.example',
];

describe('which pages may read answers', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico();
  });
  after(() => service.close());

  const routes = [['GET', '/preferences?client_id=notes-spa'], ['GET', '/flow'], ['POST', '/flows'], ['POST', '/token'], ['POST', '/revoke'], ['GET', '/userinfo'], ['GET', '/jwks'], ['GET', '/.well-known/openid-configuration']] as const;

  for (const [method, path] of routes) {
    test(`${method} ${path} is read by a registered origin, named exactly, and by no other`, async () => {
      const good = await new Browser(service).fetch(path, { method, headers: { Origin: registered } });
      assert.equal(good.headers.get('Access-Control-Allow-Origin'), registered);
      assert.match(good.headers.get('Vary') ?? '', /Origin/);
      assert.match(good.headers.get('Access-Control-Expose-Headers') ?? '', /Retry-After/);
      for (const origin of attacks) {
        const bad = await new Browser(service).fetch(path, { method, headers: { Origin: origin } });
        assert.equal(bad.headers.get('Access-Control-Allow-Origin'), null, origin);
        assert.match(bad.headers.get('Vary') ?? '', /Origin/);
      }
    });
  }

  test('a preflight is answered for registered origins, with what may be sent', async () => {
    const ask = (origin: string): ReturnType<Browser['fetch']> =>
      new Browser(service).fetch('/flow/submit-identifier', {
        method: 'OPTIONS',
        headers: { Origin: origin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type,flow' },
      });
    const good = await ask(registered);
    assert.equal(good.status, 204);
    assert.equal(good.headers.get('Access-Control-Allow-Origin'), registered);
    assert.equal(good.headers.get('Access-Control-Allow-Credentials'), 'true');
    assert.match(good.headers.get('Access-Control-Allow-Headers') ?? '', /Content-Type, Authorization, Flow/);
    for (const origin of attacks) assert.equal((await ask(origin)).headers.get('Access-Control-Allow-Origin'), null, origin);
  });

  test('no cookie counts at OAuth endpoints', async () => {
    for (const path of ['/token', '/userinfo', '/jwks']) {
      const reply = await new Browser(service).fetch(path, { method: 'OPTIONS', headers: { Origin: registered } });
      assert.equal(reply.headers.get('Access-Control-Allow-Credentials'), null);
    }
  });

  test('pages of other origins change nothing, whatever cookies their visitor has', async () => {
    for (const origin of attacks) {
      const browser = new Browser(service);
      isProblem(await browser.post('/flows', { kind: 'sign-in', client_id: 'notes-spa' }, { Origin: origin }), 403, 'origin_not_allowed');
      isProblem(await browser.post('/flow/submit-identifier', { identifier: 'a@example.test' }, { Origin: origin }), 403, 'origin_not_allowed');
    }
  });

  test('a page starts flows of the client that it belongs to alone', async () => {
    const other = new Browser(service);
    isProblem(await other.post('/flows', { kind: 'sign-in', client_id: 'notes-spa' }, { Origin: 'https://other.example' }), 403, 'origin_not_allowed');
    assert.equal((await other.post('/flows', { kind: 'sign-in', client_id: 'other-web' }, { Origin: 'https://other.example' })).status, 201);
  });

  test('a page of another site signs people in with no cookie at all', async () => {
    const party = relyingParty(service, 'notes-spa');
    const browser = new Browser(service);
    const there = { Origin: registered };
    const started = await browser.post('/flows', { kind: 'sign-in', create_new_user: true, ...party.request }, there);
    const act = async (action: string, input: Record<string, unknown>): Promise<FlowBody> => {
      for (const name of browser.cookies.keys()) browser.forget(name);
      return (await browser.post(`/flow/${action}`, input, { ...there, Flow: started.body.flow_handle ?? '' })).body;
    };
    await act('submit-identifier', { identifier: 'far@example.test' });
    await service.deliver();
    isAt(await act('submit-answer', { answer: service.inbox.lastCode('far@example.test') }), 'enroll-passkey');
    const done = isDone(await act('skip', {}));
    assert.equal((await party.exchange(codeIn(done.redirect_to))).status, 200);
  });

  test('a refusal can be read by a registered page too', async () => {
    const reply = await new Browser(service).post('/flows', { kind: 'sign-in' }, { Origin: registered });
    isProblem(reply, 400, 'field_missing');
    assert.equal(reply.headers.get('Access-Control-Allow-Origin'), registered);
  });

  test('pages that people see, and what confidential clients alone may ask, are read by no other page', async () => {
    const party = relyingParty(service);
    for (const [method, path] of [['GET', '/login'], ['GET', '/logout'], ['GET', '/link/x'], ['POST', '/link'], ['POST', '/par'], ['POST', '/introspect'], ['GET', '/account/v1/sessions'], ['GET', '/account/v1/passkeys'], ['GET', '/dev/inbox']] as const) {
      const reply = await new Browser(service).fetch(path, { method, headers: { Origin: registered, ...party.authentication } });
      assert.equal(reply.headers.get('Access-Control-Allow-Origin'), null, path);
    }
  });
});
