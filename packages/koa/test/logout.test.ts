import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browser, isAt, isProblem, type Reply } from './browser.ts';
import { claimsOf, codeIn, relyingParty, type RelyingParty, type TokenBody } from './relying-party.ts';
import { startPortico, type Portico } from './start-portico.ts';

describe('signing out', () => {
  let service: Portico;
  let party: RelyingParty;
  before(async () => {
    service = await startPortico();
    party = relyingParty(service);
  });
  after(() => service.close());

  const enter = async (email: string): Promise<{ browser: Browser; tokens: TokenBody }> => {
    const browser = new Browser(service);
    return { browser, tokens: await party.tokensFor(browser, email) };
  };
  const query = (fields: Record<string, string>): string => `/logout?${new URLSearchParams(fields).toString()}`;
  const isIn = async (browser: Browser): Promise<boolean> => {
    const copy = new Browser(service);
    for (const [name, value] of browser.cookies) copy.plant(name, value);
    return (await copy.fetch('/account/v1/sessions')).status === 200;
  };
  const bye = (): string => `${service.origin}/bye`;

  test('without a hint a page asks, and only its own form signs out', async () => {
    const { browser, tokens } = await enter('asked@example.test');
    const page = await browser.fetch(query({ client_id: 'notes-web', post_logout_redirect_uri: bye(), state: 'x&y' }));
    assert.equal(page.status, 200);
    assert.match(page.text, /<form method="post"/);
    assert.ok(await isIn(browser));
    const fields = Object.fromEntries([...page.text.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]));
    assert.equal(fields['state'], 'x&y');
    const done = await browser.postForm('/logout', fields);
    assert.deepEqual([done.status, done.headers.get('Location')], [303, `${bye()}?state=x%26y`]);
    assert.equal(browser.cookies.has('portico-session'), false);
    assert.equal((await party.refresh(tokens.refresh_token)).body.error, 'invalid_grant');
    assert.equal((await browser.fetch('/userinfo', { headers: { Authorization: `Bearer ${tokens.access_token}` } })).status, 401);
  });

  test('HEAD ends no session', async () => {
    const { browser, tokens } = await enter('head@example.test');
    const reply = await browser.fetch(query({ id_token_hint: tokens.id_token }), { method: 'HEAD' });
    assert.deepEqual([reply.status, reply.headers.get('Set-Cookie')], [200, null]);
    assert.ok(await isIn(browser));
  });

  test('whoever signs in at a browser signs out the one who was there before, tokens included', async () => {
    const { browser, tokens } = await enter('before@example.test');
    const secret = browser.cookies.get('portico-session') ?? '';
    service.clock.advance(31);
    await browser.signIn('behind@example.test', { prompt: 'login' });
    const old = new Browser(service);
    old.plant('portico-session', secret);
    assert.equal(await isIn(old), false);
    assert.ok(await isIn(browser));
    assert.equal((await party.refresh(tokens.refresh_token)).body.error, 'invalid_grant');
  });

  test('whoever proves again who they are stays signed in to their other apps', async () => {
    const { browser, tokens } = await enter('again@example.test');
    service.clock.advance(31);
    await browser.signIn('again@example.test');
    assert.equal((await party.refresh(tokens.refresh_token)).status, 200);
  });

  test('with the ID token of this very session the browser goes straight on', async () => {
    const { browser, tokens } = await enter('straight@example.test');
    const done = await browser.fetch(query({ id_token_hint: tokens.id_token, post_logout_redirect_uri: bye() }));
    assert.deepEqual([done.status, done.headers.get('Location')], [303, bye()]);
    assert.equal(await isIn(browser), false);
  });

  test('the ID token of another session asks', async () => {
    const { tokens } = await enter('theirs@example.test');
    const { browser } = await enter('mine@example.test');
    const page = await browser.fetch(query({ id_token_hint: tokens.id_token, post_logout_redirect_uri: bye() }));
    assert.equal(page.status, 200);
    assert.ok(await isIn(browser));
  });

  test('an address that is not registered is never gone to', async () => {
    const { browser, tokens } = await enter('nowhere@example.test');
    const done = await browser.fetch(query({ id_token_hint: tokens.id_token, post_logout_redirect_uri: 'https://evil.example/' }));
    assert.deepEqual([done.status, done.headers.get('Location')], [200, null]);
    assert.equal(await isIn(browser), false);
  });

  test('a form of another site signs nobody out, whether or not the cookie came along', async () => {
    const { browser, tokens } = await enter('forced@example.test');
    const elsewhere = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };
    const withCookie = await browser.postForm('/logout', {}, elsewhere);
    assert.match(withCookie.text, /<form method="post"/);
    // As a browser sends it: `SameSite=Lax` keeps the cookie back.
    for (const fields of [{}, { id_token_hint: tokens.id_token, post_logout_redirect_uri: bye() }]) {
      const without = await new Browser(service).postForm('/logout', fields, elsewhere);
      assert.match(without.text, /<form method="post"/);
      assert.equal(without.headers.get('Set-Cookie'), null);
    }
    assert.ok(await isIn(browser));
  });

  test('who is not signed in is told so, and no cookie is cleared that did not come', async () => {
    const reply = await new Browser(service).fetch('/logout');
    assert.deepEqual([reply.status, reply.headers.get('Set-Cookie')], [200, null]);
  });

  test('a code that was on its way when the person signed out gives nothing', async () => {
    const { browser } = await enter('on-its-way@example.test');
    const code = codeIn((await party.authorize(browser)).headers.get('Location'));
    await browser.postForm('/logout', {});
    assert.equal((await party.exchange(code)).body.error, 'invalid_grant');
  });

  test('a page that offered to go on as somebody offers nothing once they signed out', async () => {
    const { browser } = await enter('offered@example.test');
    assert.equal(isAt((await browser.startFlow()).body, 'identify').signed_in_as, 'offered@example.test');
    await browser.postForm('/logout', {});
    assert.equal(isAt((await browser.look()).body, 'identify').signed_in_as, undefined);
    isProblem(await browser.act('approve'), 409, 'action_not_allowed');
  });

  test('a browser that signs in again has another session', async () => {
    const { browser, tokens } = await enter('shared@example.test');
    await browser.fetch(query({ id_token_hint: tokens.id_token }));
    service.clock.advance(31);
    const again = await party.exchange(await party.codeFor(browser, 'shared@example.test'));
    assert.notEqual(claimsOf(again.body.id_token)['sid'], claimsOf(tokens.id_token)['sid']);
  });
});

describe('the list of sessions', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico();
  });
  after(() => service.close());

  interface Listed {
    readonly id: string;
    readonly is_current: boolean;
  }
  const list = async (browser: Browser): Promise<readonly Listed[]> => {
    const reply = (await browser.fetch('/account/v1/sessions')) as Reply<{ sessions: readonly Listed[] }>;
    assert.equal(reply.status, 200, reply.text);
    assert.match(reply.headers.get('Cache-Control') ?? '', /no-store/);
    return reply.body.sessions;
  };
  const remove = (browser: Browser, id: string, headers: Record<string, string> = {}): Promise<Reply> =>
    browser.fetch(`/account/v1/sessions/${id}`, { method: 'DELETE', headers });

  test('it has the user’s own alone, and ending one ends its tokens', async () => {
    const party = relyingParty(service);
    const laptop = new Browser(service);
    const phone = new Browser(service);
    await laptop.signIn('two@example.test');
    service.clock.advance(31);
    const tokens = await party.tokensFor(phone, 'two@example.test');
    const stranger = new Browser(service);
    await stranger.signIn('stranger@example.test');
    const sessions = await list(laptop);
    assert.equal(sessions.length, 2);
    const other = sessions.find(({ is_current: isCurrent }) => !isCurrent)?.id ?? '';
    isProblem(await remove(stranger, other), 404, 'not_found');
    isProblem(await remove(laptop, 'never-was'), 404, 'not_found');
    isProblem(await remove(laptop, other, { Origin: 'https://evil.example' }), 403, 'origin_not_allowed');
    assert.equal((await remove(laptop, other)).status, 204);
    isProblem(await phone.fetch('/account/v1/sessions'), 401, 'unauthorized');
    assert.equal((await party.refresh(tokens.refresh_token)).body.error, 'invalid_grant');
    assert.equal((await remove(laptop, (await list(laptop))[0]?.id ?? '')).status, 204);
    assert.equal(laptop.cookies.has('portico-session'), false);
  });

  test('signing out everywhere ends a sign-in that waited at its last step too', async () => {
    const owner = new Browser(service);
    await owner.signIn('parked@example.test');
    service.clock.advance(31);
    const thief = new Browser(service);
    await thief.askForMail('parked@example.test', { ...relyingParty(service).request, prompt: 'consent' });
    const answer = service.inbox.lastCode('parked@example.test');
    const { body } = await thief.act('submit-answer', { answer });
    isAt(body.step === 'enroll-passkey' ? (await thief.act('skip')).body : body, 'consent');
    assert.equal((await owner.fetch('/account/v1/sessions', { method: 'DELETE' })).status, 204);
    isProblem(await thief.act('approve'), 401, 'flow_unknown');
    assert.equal(thief.cookies.has('portico-session'), false);
  });

  test('a session ends two weeks after its last use, and thirty days after its start', async () => {
    const idle = new Browser(service);
    await idle.signIn('idle@example.test');
    const busy = new Browser(service);
    await busy.signIn('busy@example.test');
    for (let week = 0; week < 4; week += 1) {
      service.clock.advance(7 * 86_400);
      await list(busy);
    }
    isProblem(await idle.fetch('/account/v1/sessions'), 401, 'unauthorized');
    service.clock.advance(3 * 86_400);
    isProblem(await busy.fetch('/account/v1/sessions'), 401, 'unauthorized');
  });

  test('a planted session cookie is not kept on: signing in makes a new one', async () => {
    const browser = new Browser(service);
    browser.plant('portico-session', 'planted'.repeat(6));
    await browser.signIn('fixed@example.test');
    assert.notEqual(browser.cookies.get('portico-session'), 'planted'.repeat(6));
  });

  test('two cookies of one name: neither is believed', async () => {
    const browser = new Browser(service);
    await browser.signIn('double@example.test');
    const secret = browser.cookies.get('portico-session') ?? '';
    const reply = await browser.fetch('/account/v1/sessions', { headers: { Cookie: `portico-session=${secret}; portico-session=${secret}` } });
    isProblem(reply, 401, 'unauthorized');
  });
});
