import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browser, isAt, isDone } from './browser.ts';
import { answerIn, claimsOf, codeIn, relyingParty, signInAt, type RelyingParty } from './relying-party.ts';
import { spaClient, startPortico, webClient, type Portico } from './start-portico.ts';

describe('the authorization endpoint', () => {
  let service: Portico;
  let party: RelyingParty;
  before(async () => {
    service = await startPortico({
      clients: (origin) => [{ ...webClient(origin), redirectUris: [`${origin}/callback`, `${origin}/with?a=1&b=%20`] }, spaClient(origin)],
    });
    party = relyingParty(service);
  });
  after(() => service.close());

  const signedIn = async (email: string): Promise<Browser> => {
    const browser = new Browser(service);
    await browser.signIn(email);
    return browser;
  };
  const errorOf = (location: string | null): string | null => answerIn(location).get('error');

  test('a stranger gets the sign-in page, and the client its code, state and issuer in the end', async () => {
    const browser = new Browser(service);
    const target = await signInAt(browser, await party.authorize(browser, { create_new_user: 'true' }), { service, email: 'stranger@example.test' });
    const answer = answerIn(target);
    assert.deepEqual([...answer.keys()], ['code', 'state', 'iss']);
    assert.equal(answer.get('state'), party.request['state']);
    assert.equal(answer.get('iss'), service.issuer);
    assert.equal(claimsOf((await party.exchange(codeIn(target))).body.id_token)['nonce'], party.request['nonce']);
  });

  test('a session gets a code at once, by GET and by POST', async () => {
    const browser = await signedIn('member@example.test');
    const got = await party.authorize(browser);
    assert.equal(got.status, 303);
    assert.equal(got.text, '');
    assert.equal((await party.exchange(codeIn(got.headers.get('Location')))).status, 200);
    const posted = await browser.postForm('/authorize', { ...party.request });
    assert.equal(posted.status, 303);
    assert.equal((await party.exchange(codeIn(posted.headers.get('Location')))).status, 200);
  });

  test('a form of another site, which comes without cookies, finds the session all the same', async () => {
    const browser = await signedIn('cross-site@example.test');
    const posted = await new Browser(service).postForm('/authorize', { ...party.request, prompt: 'none' }, { Origin: 'https://client.example', 'Sec-Fetch-Site': 'cross-site' });
    assert.match(posted.headers.get('Location') ?? '', /^\/auth\/authorize\?client_id=notes-web&request_uri=/);
    const address = `${service.origin}${posted.headers.get('Location')}`;
    codeIn((await browser.fetch(address)).headers.get('Location'));
    const stranger = await new Browser(service).postForm('/authorize', { ...party.request, prompt: 'none' });
    assert.equal(errorOf((await new Browser(service).fetch(`${service.origin}${stranger.headers.get('Location')}`)).headers.get('Location')), 'login_required');
  });

  test('the redirect URI keeps the text that it was registered with, and a long state comes back as it was', async () => {
    const browser = await signedIn('text@example.test');
    const state = '/&=%20 "<>\\'.repeat(45);
    const reply = await party.authorize(browser, { redirect_uri: `${service.origin}/with?a=1&b=%20`, state });
    assert.ok(reply.headers.get('Location')?.startsWith(`${service.origin}/with?a=1&b=%20&code=`));
    assert.equal(answerIn(reply.headers.get('Location')).get('state'), state);
  });

  test('prompt=none never shows a page: a code for a session, login_required without one', async () => {
    const none = await party.authorize(new Browser(service), { prompt: 'none' });
    const answer = answerIn(none.headers.get('Location'));
    assert.equal(answer.get('error'), 'login_required');
    assert.deepEqual([...answer.keys()].toSorted(), ['error', 'error_description', 'iss', 'state']);
    codeIn((await party.authorize(await signedIn('none@example.test'), { prompt: 'none' })).headers.get('Location'));
    assert.equal(errorOf((await party.authorize(new Browser(service), { prompt: 'none login' })).headers.get('Location')), 'invalid_request');
  });

  test('a kind leads to its screen, for whoever is signed in too where they want more than that; one that is none is passed over', async () => {
    const browser = new Browser(service);
    const kindOf = async (kind: string, more: Record<string, string> = {}): Promise<string | null> => {
      const url = new URL((await party.authorize(browser, { kind, ...more })).headers.get('Location') ?? '', service.origin);
      return url.searchParams.has('code') ? 'code' : url.searchParams.get('kind');
    };
    const kinds = ['sign-up', 'recover', 'link', 'step-up', 'sign-in', 'nonsense'];
    assert.deepEqual(await Promise.all(kinds.map((kind) => kindOf(kind))), ['sign-up', 'recover', 'link', 'step-up', null, null]);
    await browser.signIn('kinds@example.test');
    assert.deepEqual(await Promise.all(kinds.map((kind) => kindOf(kind))), ['sign-up', 'recover', 'link', 'code', 'code', 'code']);
    assert.equal(await kindOf('step-up', { acr_values: 'mfa' }), 'step-up');
    assert.equal(await kindOf('recover', { prompt: 'none' }), 'code', 'no page is shown to whoever wants none');
    const { body } = await party.push();
    const login = (await browser.fetch(`/authorize?${new URLSearchParams({ client_id: 'notes-web', request_uri: body.request_uri, kind: 'recover' }).toString()}`)).headers.get('Location') ?? '';
    assert.match((await browser.fetch(`${service.origin}${login}`)).text, /<auth-login [^>]*kind="recover" request-uri="urn:/);
  });

  test('prompt=login has the person prove themselves again, with a later auth_time', async () => {
    const browser = await signedIn('again@example.test');
    const before = claimsOf((await party.exchange(codeIn((await party.authorize(browser)).headers.get('Location')))).body.id_token);
    service.clock.advance(60);
    const reply = await party.authorize(browser, { prompt: 'login' });
    const target = await signInAt(browser, reply, { service, email: 'again@example.test' });
    const later = claimsOf((await party.exchange(codeIn(target))).body.id_token);
    assert.equal(Number(later['auth_time']) - Number(before['auth_time']), 60);
  });

  test('a request for a fresh sign-in does not offer to go on as before', async () => {
    const browser = await signedIn('fresh@example.test');
    for (const changes of [{ prompt: 'login' }, { max_age: '0' }]) {
      assert.equal(isAt((await browser.startFlow({ ...party.request, ...changes })).body, 'identify').signed_in_as, undefined);
    }
    assert.equal(isAt((await browser.startFlow({ ...party.request, prompt: 'select_account' })).body, 'identify').signed_in_as, 'fresh@example.test');
  });

  test('max_age asks again once the sign-in is older, and 0 always', async () => {
    const browser = await signedIn('aging@example.test');
    service.clock.advance(100);
    const young = await party.authorize(browser, { max_age: '10000' });
    assert.ok(claimsOf((await party.exchange(codeIn(young.headers.get('Location')))).body.id_token)['auth_time']);
    for (const maxAge of ['99', '0']) {
      assert.match((await party.authorize(browser, { max_age: maxAge })).headers.get('Location') ?? '', /\/login\?/);
      assert.equal(errorOf((await party.authorize(browser, { max_age: maxAge, prompt: 'none' })).headers.get('Location')), 'login_required');
    }
    const target = await signInAt(browser, await party.authorize(browser, { max_age: '0' }), { service, email: 'aging@example.test' });
    codeIn(target);
  });

  test('prompt=consent asks the person each time, and select_account lets them choose', async () => {
    const browser = await signedIn('asked@example.test');
    assert.match((await party.authorize(browser, { prompt: 'consent' })).headers.get('Location') ?? '', /\/login\?/);
    await browser.startFlow({ ...party.request, prompt: 'consent' });
    const consent = isAt((await browser.act('approve')).body, 'consent');
    assert.deepEqual([consent.client_name, consent.signed_in_as, consent.scopes], ['Notes', 'asked@example.test', ['openid', 'email', 'offline_access']]);
    codeIn(isDone((await browser.act('approve')).body).redirect_to);
    assert.match((await party.authorize(browser, { prompt: 'select_account' })).headers.get('Location') ?? '', /\/login\?/);
  });

  test('an acr that the session does not reach is asked for on the sign-in page, which has somebody without a passkey make one', async () => {
    const browser = await signedIn('acr@example.test');
    for (const ask of [{ acr_values: 'phr' }, { claims: '{"id_token":{"acr":{"essential":true,"values":["phr"]}}}' }]) {
      assert.match((await party.authorize(browser, ask)).headers.get('Location') ?? '', /\/login\?/);
      service.clock.advance(31);
      await browser.startFlow({ ...party.request, ...ask });
      await browser.act('submit-identifier', { identifier: 'acr@example.test' });
      await service.deliver();
      await browser.act('submit-answer', { answer: service.inbox.lastCode('acr@example.test') });
      assert.equal(isAt((await browser.look()).body, 'enroll-passkey').may_skip, false);
    }
  });

  test('an id_token_hint names who must answer: anybody else gets login_required, also after a flow, also pushed', async () => {
    const browser = await signedIn('hinted@example.test');
    const hint = (await party.exchange(codeIn((await party.authorize(browser)).headers.get('Location')))).body.id_token;
    codeIn((await party.authorize(browser, { id_token_hint: hint, prompt: 'none' })).headers.get('Location'));
    const other = await signedIn('not-hinted@example.test');
    assert.equal(errorOf((await party.authorize(other, { id_token_hint: hint, prompt: 'none' })).headers.get('Location')), 'login_required');
    const { request_uri: requestUri } = (await party.push({ id_token_hint: hint, prompt: 'none' })).body;
    const pushed = await other.fetch(`/authorize?${new URLSearchParams({ client_id: 'notes-web', request_uri: requestUri }).toString()}`);
    assert.equal(errorOf(pushed.headers.get('Location')), 'login_required');
    assert.equal(answerIn(pushed.headers.get('Location')).get('state'), party.request['state']);
    service.clock.advance(31);
    const target = await signInAt(other, await party.authorize(other, { id_token_hint: hint, prompt: 'login' }), { service, email: 'not-hinted@example.test' });
    assert.equal(errorOf(target), 'login_required');
  });

  for (const [name, changes, code] of [
    ['an unknown client', { client_id: 'nobody' }, 'client_unknown'],
    ['no client', { client_id: '' }, 'client_unknown'],
    ['a redirect URI with another path', { redirect_uri: 'https://evil.example/callback' }, 'redirect_uri_unregistered'],
    ['no redirect URI', { redirect_uri: '' }, 'redirect_uri_unregistered'],
    ['an invented request_uri', { request_uri: 'urn:ietf:params:oauth:request_uri:AAAA' }, 'request_uri_invalid'],
  ] as const) {
    test(`${name} ends on our own page, and leads nowhere`, async () => {
      const reply = await party.authorize(new Browser(service), changes);
      assert.equal(reply.status, 400);
      assert.equal(reply.headers.get('Location'), null);
      assert.match(reply.headers.get('Content-Type') ?? '', /^text\/html/);
      assert.ok(reply.text.includes(code));
      assert.doesNotMatch(reply.text, /evil\.example|<a /);
      assert.match(reply.text, new RegExp(`href="${new URL(service.base).pathname}/pages.css"`));
    });
  }

  for (const [name, changes, error] of [
    ['no PKCE', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
    ['PKCE in plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['PKCE without its method', { code_challenge_method: '' }, 'invalid_request'],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['no response type', { response_type: '' }, 'invalid_request'],
    ['a request object', { request: 'e30.e30.' }, 'request_not_supported'],
    ['a request_uri elsewhere', { request_uri: 'https://evil.example/request' }, 'request_uri_not_supported'],
    ['claims that are no JSON', { claims: '{' }, 'invalid_request'],
    ['a resource that is not the client’s', { resource: 'https://evil.example/api' }, 'invalid_target'],
  ] as const) {
    test(`${name} is ${error}, told to the client with state and issuer`, async () => {
      const reply = await party.authorize(new Browser(service), changes);
      assert.equal(reply.status, 303);
      const answer = answerIn(reply.headers.get('Location'));
      assert.deepEqual([answer.get('error'), answer.get('state'), answer.get('iss')], [error, party.request['state'], service.issuer]);
      assert.equal(answer.get('code'), null);
      assert.match(answer.get('error_description') ?? '', /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
    });
  }

  test('a repeated parameter is refused, a repeated redirect_uri or client_id on our own page', async () => {
    const browser = new Browser(service);
    const query = new URLSearchParams(party.request);
    const twice = (name: string, value: string): Promise<{ readonly status: number; readonly headers: Headers }> =>
      browser.fetch(`/authorize?${query.toString()}&${name}=${encodeURIComponent(value)}`);
    for (const name of ['scope', 'state', 'nonce', 'code_challenge', 'prompt']) {
      const value = party.request[name] ?? 'none';
      const reply = name === 'prompt' ? await browser.fetch(`/authorize?${query.toString()}&prompt=none&prompt=none`) : await twice(name, value);
      assert.equal(errorOf(reply.headers.get('Location')), 'invalid_request', name);
    }
    for (const name of ['redirect_uri', 'client_id']) {
      const reply = await twice(name, party.request[name] ?? '');
      assert.deepEqual([reply.status, reply.headers.get('Location')], [400, null], name);
    }
  });

  test('unknown and empty parameters are passed over', async () => {
    const browser = await signedIn('unknown@example.test');
    const reply = await browser.fetch(`/authorize?${new URLSearchParams({ ...party.request, extra: 'foobar', display: 'popup', max_age: '' }).toString()}`);
    codeIn(reply.headers.get('Location'));
  });

  test('a form in another content type is refused', async () => {
    const reply = await new Browser(service).fetch('/authorize', { method: 'POST', body: JSON.stringify(party.request), headers: { 'Content-Type': 'application/json' } });
    assert.deepEqual([reply.status, reply.headers.get('Location')], [400, null]);
  });

  test('no page of another origin may read an answer of this endpoint', async () => {
    const reply = await new Browser(service).fetch(`/authorize?${new URLSearchParams(party.request).toString()}`, { headers: { Origin: service.origin } });
    assert.equal(reply.headers.get('Access-Control-Allow-Origin'), null);
  });
});

describe('pushed authorization requests (RFC 9126)', () => {
  let service: Portico;
  let party: RelyingParty;
  before(async () => {
    service = await startPortico({ clients: (origin) => [{ ...webClient(origin), requirePar: true }, spaClient(origin)] });
    party = relyingParty(service);
  });
  after(() => service.close());

  const visit = (browser: Browser, requestUri: string, clientId = 'notes-web'): ReturnType<Browser['fetch']> =>
    browser.fetch(`/authorize?${new URLSearchParams({ client_id: clientId, request_uri: requestUri }).toString()}`);

  test('a request_uri lives ninety seconds and is good for one code', async () => {
    const browser = new Browser(service);
    await browser.signIn('par@example.test');
    const pushed = await party.push();
    assert.equal(pushed.status, 201);
    assert.match(pushed.headers.get('Cache-Control') ?? '', /no-store/);
    assert.match(pushed.body.request_uri, /^urn:ietf:params:oauth:request_uri:[\w-]{43}$/);
    assert.equal(pushed.body.expires_in, 90);
    codeIn((await visit(browser, pushed.body.request_uri)).headers.get('Location'));
    assert.equal((await visit(browser, pushed.body.request_uri)).status, 400);
    const late = (await party.push()).body.request_uri;
    service.clock.advance(91);
    assert.equal((await visit(browser, late)).status, 400);
  });

  test('it is nobody’s but the client’s who pushed it', async () => {
    const { request_uri: requestUri } = (await party.push()).body;
    const stolen = await visit(new Browser(service), requestUri, 'notes-spa');
    assert.deepEqual([stolen.status, stolen.headers.get('Location')], [400, null]);
    assert.equal((await new Browser(service).startFlow({ client_id: 'notes-spa', request_uri: requestUri })).status, 400);
    assert.equal((await visit(new Browser(service), requestUri)).status, 303);
  });

  test('a client that must push cannot send a plain request', async () => {
    assert.equal(answerIn((await party.authorize(new Browser(service))).headers.get('Location')).get('error'), 'invalid_request');
    assert.equal((await new Browser(service).startFlow(party.request)).status, 400);
  });

  test('what is wrong with a request shows at the push', async () => {
    for (const [changes, error] of [
      [{ redirect_uri: 'https://evil.example' }, 'invalid_request'],
      [{ code_challenge: '' }, 'invalid_request'],
      [{ request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 'invalid_request'],
      [{ response_type: 'token' }, 'unsupported_response_type'],
      [{ client_id: 'notes-spa' }, 'invalid_request'],
    ] as const) {
      const reply = await party.push(changes);
      assert.deepEqual([reply.status, reply.body.error], [400, error], JSON.stringify(changes));
    }
  });

  test('pushing needs the client’s secret', async () => {
    const form = { ...party.request };
    for (const headers of [{}, { Authorization: `Basic ${Buffer.from('notes-web:wrong').toString('base64')}` }]) {
      const reply = await new Browser(service).postForm('/par', form, headers);
      assert.deepEqual([reply.status, (reply.body as { error: string }).error], [401, 'invalid_client']);
    }
  });

  test('beside a request_uri nothing else in the address counts', async () => {
    const browser = new Browser(service);
    await browser.signIn('front@example.test');
    const { request_uri: requestUri } = (await party.push()).body;
    const reply = await browser.fetch(`/authorize?${new URLSearchParams({ client_id: 'notes-web', request_uri: requestUri, redirect_uri: 'https://evil.example', state: 'changed', scope: 'openid profile' }).toString()}`);
    const answer = answerIn(reply.headers.get('Location'));
    assert.equal(answer.get('state'), party.request['state']);
    assert.equal((await party.exchange(codeIn(reply.headers.get('Location')))).body.scope, party.request['scope']);
  });
});
