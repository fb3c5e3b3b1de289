import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { OpenStore } from '../src/index.ts';
import type { AppId } from '../src/model/ids.ts';
import { Browser, isAt, isDone, isProblem } from './browser.ts';
import { codeIn, relyingParty } from './relying-party.ts';
import { openerOf } from './engines.ts';
import { startPortico, type Portico } from './start-portico.ts';

describe('a page that is loaded again', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico();
  });
  after(() => service.close());

  test('the same request_uri in the same browser goes on where it was, and the old handle is dead', async () => {
    const party = relyingParty(service);
    const { request_uri: requestUri } = (await party.push({ create_new_user: 'true' })).body;
    const browser = new Browser(service);
    await browser.startFlow({ request_uri: requestUri });
    const { body: before } = await browser.act('submit-identifier', { identifier: 'reload@example.test' });
    const old = browser.handle;
    service.clock.advance(200);
    const resumed = await browser.startFlow({ request_uri: requestUri });
    assert.equal(resumed.status, 201);
    const view = isAt(resumed.body, 'enter-code');
    assert.equal(view.sent_to, 'reload@example.test');
    assert.equal(view.expires_at, isAt(before, 'enter-code').expires_at, 'the code is good for as long as it was, and not as long as the flow');
    assert.notEqual(browser.handle, old);
    isProblem(await browser.fetch('/flow', { headers: { Flow: old } }), 401, 'flow_unknown');
    await service.deliver();
    codeIn(isDone(await browser.typeCode('reload@example.test')).redirect_to);
  });

  test('another browser, or one without its cookie, gets nothing of it', async () => {
    const party = relyingParty(service);
    const { request_uri: requestUri } = (await party.push()).body;
    const browser = new Browser(service);
    await browser.startFlow({ request_uri: requestUri });
    isProblem(await new Browser(service).startFlow({ request_uri: requestUri }), 400, 'request_uri_invalid');
    const planted = new Browser(service);
    planted.plant('portico-browser', 'x'.repeat(43));
    isProblem(await planted.startFlow({ request_uri: requestUri }), 400, 'request_uri_invalid');
    assert.equal((await browser.look()).status, 200);
  });

  test('a flow that has ended is not begun again', async () => {
    const party = relyingParty(service);
    const { request_uri: requestUri } = (await party.push({ create_new_user: 'true' })).body;
    const browser = new Browser(service);
    await browser.startFlow({ request_uri: requestUri });
    await browser.act('submit-identifier', { identifier: 'ended@example.test' });
    await service.deliver();
    isDone(await browser.typeCode('ended@example.test'));
    isProblem(await browser.startFlow({ request_uri: requestUri }), 400, 'request_uri_invalid');
  });

  test('where the app has closed meanwhile, a mail that was written for an open one is not waited for', async () => {
    const store = await openerOf('sqlite').open();
    const closing = await startPortico({ auth: { store: { open: () => Promise.resolve(store) } } });
    try {
      const { request_uri: requestUri } = (await relyingParty(closing).push({ create_new_user: 'true' })).body;
      const browser = new Browser(closing);
      await browser.startFlow({ kind: 'sign-up', request_uri: requestUri });
      await browser.act('submit-identifier', { identifier: 'too-late@example.test' });
      await browser.act('go-back');
      const app = await store.apps.find('notes' as AppId);
      assert.ok(app);
      await store.apps.put({ ...app, allowsPublicSignup: false });
      assert.equal(isAt((await browser.startFlow({ request_uri: requestUri })).body, 'identify').may_sign_up, false);
      isAt((await browser.act('submit-identifier', { identifier: 'too-late@example.test' })).body, 'blocked');
      closing.clock.advance(31);
      await browser.act('go-back');
      isAt((await browser.act('submit-identifier', { identifier: 'too-late@example.test' })).body, 'enter-code');
    } finally {
      await closing.close();
    }
  });

  test('its event stream ends when the flow moves to another page', async () => {
    const party = relyingParty(service);
    const { request_uri: requestUri } = (await party.push()).body;
    const browser = new Browser(service);
    await browser.startFlow({ request_uri: requestUri });
    const stream = await fetch(`${service.base}/flow/events`, { headers: { Flow: browser.handle } });
    await browser.startFlow({ request_uri: requestUri });
    const text = await stream.text();
    assert.equal(text.match(/^data: /gm)?.length, 1);
  });
});

describe('two tabs of one browser', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico();
  });
  after(() => service.close());

  test('each has its own flow, and both end signed in as the same user', async () => {
    const browser = new Browser(service);
    await browser.askForMail('tabs@example.test');
    const first = browser.handle;
    const code = service.inbox.lastCode('tabs@example.test');
    service.clock.advance(31);
    await browser.askForMail('tabs@example.test');
    const second = browser.handle;
    assert.notEqual(first, second);
    isDone(await browser.typeCode('tabs@example.test'));
    browser.handle = first;
    const answered = await browser.act('submit-answer', { answer: code });
    assert.equal(answered.status, 200);
    assert.equal(isDone(answered.body).new_user, false);
  });

  test('of two that answer at once, one action is done and the other told so', async () => {
    const browser = new Browser(service);
    await browser.askForMail('both@example.test');
    const answer = service.inbox.lastCode('both@example.test');
    const replies = await Promise.all([browser.act('submit-answer', { answer }), browser.act('submit-answer', { answer })]);
    assert.deepEqual(replies.map(({ status }) => status).toSorted((one, other) => one - other)[0], 200);
    assert.ok(replies.every(({ status }) => [200, 409, 422].includes(status)));
    assert.equal(replies.filter(({ status }) => status === 200).length, 1);
  });
});

describe('going back', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico();
  });
  after(() => service.close());

  test('what was typed stays, in the way it was typed', async () => {
    const browser = new Browser(service);
    await browser.askForMail('Back.And.Forth@Example.test');
    assert.equal(isAt((await browser.act('go-back')).body, 'identify').identifier, 'Back.And.Forth@Example.test');
    assert.equal(isAt((await browser.act('restart')).body, 'identify').identifier, 'Back.And.Forth@Example.test');
  });

  test('the request’s login_hint stands in the field at first, with and without a client’s request', async () => {
    const hint = { login_hint: 'hinted@example.test' };
    assert.equal(isAt((await new Browser(service).startFlow(hint)).body, 'identify').identifier, 'hinted@example.test');
    const party = relyingParty(service);
    assert.equal(isAt((await new Browser(service).startFlow({ ...party.request, ...hint })).body, 'identify').identifier, 'hinted@example.test');
  });

  test('another address leaves nothing of the first one’s mail', async () => {
    const browser = new Browser(service);
    await browser.askForMail('one@example.test');
    const code = service.inbox.lastCode('one@example.test');
    await browser.act('go-back');
    await browser.act('submit-identifier', { identifier: 'two@example.test' });
    isProblem(await browser.act('submit-answer', { answer: code }), 422, 'code_wrong');
  });

  test('somebody who is signed in is offered to go on, and need only agree', async () => {
    const browser = new Browser(service);
    await browser.signIn('here@example.test');
    const session = browser.cookies.get('portico-session');
    const party = relyingParty(service);
    const view = isAt((await browser.startFlow(party.request)).body, 'identify');
    assert.equal(view.signed_in_as, 'here@example.test');
    codeIn(isDone((await browser.act('approve')).body).redirect_to);
    assert.equal(browser.cookies.get('portico-session'), session);
  });

  test('somebody who was suspended since the page was loaded does not go on', async () => {
    let isSuspended = false;
    const store = await openerOf('sqlite').open();
    const find: OpenStore['users']['find'] = async (id) => {
      const user = await store.users.find(id);
      return user !== undefined && isSuspended ? { ...user, status: 'suspended' } : user;
    };
    const users = { ...store.users, find };
    const opened = { ...store, users, grouped: { ...store.grouped, users } };
    const guarded = await startPortico({ auth: { store: { open: () => Promise.resolve(opened) } } });
    try {
      const browser = new Browser(guarded);
      await browser.signIn('barred@example.test');
      assert.equal(isAt((await browser.startFlow()).body, 'identify').signed_in_as, 'barred@example.test');
      isSuspended = true;
      assert.equal(isAt((await browser.look()).body, 'identify').signed_in_as, undefined);
      isProblem(await browser.act('approve'), 409, 'action_not_allowed');
    } finally {
      await guarded.close();
    }
  });

  test('who is not signed in has nothing to agree to', async () => {
    const browser = new Browser(service);
    await browser.startFlow();
    isProblem(await browser.act('approve'), 409, 'action_not_allowed');
  });
});
