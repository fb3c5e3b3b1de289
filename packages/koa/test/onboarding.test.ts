import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browser, isAt, isDone, isProblem } from './browser.ts';
import { claimsOf, relyingParty } from './relying-party.ts';
import { startPortico, webClient, type Portico } from './start-portico.ts';

describe('who may become a user', () => {
  let open: Portico;
  let closed: Portico;
  before(async () => {
    [open, closed] = await Promise.all([startPortico(), startPortico({ app: { allowPublicSignup: false } })]);
  });
  after(() => Promise.all([open.close(), closed.close()]));

  test('a stranger whose request asks for a new user becomes one in an app that is open', async () => {
    const browser = new Browser(open);
    const done = await browser.signIn('mia@example.test', { create_new_user: true });
    assert.equal(done.new_user, true);
    assert.ok(browser.cookies.has('portico-session'));
  });

  test('the second visit knows the user, however the address is written', async () => {
    open.clock.advance(60);
    const done = await new Browser(open).signIn('MIA@Example.test', { create_new_user: true });
    assert.equal(done.new_user, false);
  });

  for (const [name, isOpen, request] of [
    ['the request does not ask for it', true, {}],
    ['the request forbids it', true, { create_new_user: false }],
    ['the app is closed', false, { create_new_user: true }],
    ['neither agrees', false, {}],
  ] as const) {
    test(`a stranger stays one where ${name}: the mail carries nothing to answer with`, async () => {
      const service = isOpen ? open : closed;
      const email = `${name.replaceAll(' ', '-')}@example.test`;
      const browser = new Browser(service);
      await browser.startFlow(request);
      isAt((await browser.act('submit-identifier', { identifier: email })).body, 'enter-code');
      await service.deliver();
      assert.equal(service.inbox.lastCode(email), undefined);
      assert.equal(service.inbox.lastLink(email), undefined);
      assert.ok(service.inbox.last(email));
      isProblem(await browser.act('submit-answer', { answer: '000000' }), 422, 'code_wrong');
      assert.equal(browser.cookies.has('portico-session'), false);
    });
  }

  test('a sign-up makes a user where its request asks for one and the app is open', async () => {
    const welcome = new Browser(open);
    await welcome.askForMail('up@example.test', { kind: 'sign-up', create_new_user: true });
    assert.equal(isDone(await welcome.typeCode('up@example.test')).new_user, true);
  });

  test('a sign-up is refused at once where its request does not ask for a user or the app is closed', async () => {
    for (const request of [{}, { create_new_user: false }, relyingParty(open).request]) {
      isProblem(await new Browser(open).startFlow({ kind: 'sign-up', ...request }), 403, 'sign_up_closed');
    }
    isProblem(await new Browser(closed).startFlow({ kind: 'sign-up', create_new_user: true }), 403, 'sign_up_closed');
  });

  test('a pushed request that asks for no user is not turned into a sign-up by the page, nor by its own word', async () => {
    const browser = new Browser(open);
    const pushed = (await relyingParty(open).push()).body.request_uri;
    isProblem(await browser.startFlow({ kind: 'sign-up', request_uri: pushed, create_new_user: true }), 403, 'sign_up_closed');
    isAt((await browser.startFlow({ request_uri: pushed, create_new_user: true })).body, 'identify');
    isProblem(await browser.startFlow({ kind: 'sign-up', request_uri: pushed }), 403, 'sign_up_closed');
    assert.equal(isAt((await browser.startFlow({ request_uri: pushed })).body, 'identify').may_sign_up, false);
  });

  test('a pushed request that asks for a user is signed up with and signed in with alike', async () => {
    const browser = new Browser(open);
    const pushed = (await relyingParty(open).push({ create_new_user: 'true' })).body.request_uri;
    assert.equal(isAt((await browser.startFlow({ request_uri: pushed })).body, 'identify').may_sign_up, true);
    const turned = isAt((await browser.startFlow({ kind: 'sign-up', request_uri: pushed })).body, 'identify');
    assert.deepEqual([turned.kind, turned.may_sign_up], ['sign-up', true]);
  });

  test('the first screen says whether strangers may sign up', async () => {
    for (const [service, request, expected] of [[open, { create_new_user: true }, true], [open, {}, false], [closed, { create_new_user: true }, false]] as const) {
      assert.equal(isAt((await new Browser(service).startFlow(request)).body, 'identify').may_sign_up, expected);
    }
  });
});

describe('telling the client of a new user', () => {
  let service: Portico;
  before(async () => {
    service = await startPortico({ clients: (origin) => [{ ...webClient(origin), defaultClaims: ['new_user'] }] });
  });
  after(() => service.close());

  test('the ID token says `new_user` where the client has it among its claims, once', async () => {
    const party = relyingParty(service);
    const first = await party.tokensFor(new Browser(service), 'new@example.test');
    assert.equal(claimsOf(first.id_token)['new_user'], true);
    service.clock.advance(60);
    const second = await party.tokensFor(new Browser(service), 'new@example.test');
    assert.equal(claimsOf(second.id_token)['new_user'], false);
  });

  test('a client without the claim asks for it in its request', async () => {
    const plain = await startPortico();
    try {
      const party = relyingParty(plain);
      const silent = await party.tokensFor(new Browser(plain), 'a@example.test');
      assert.equal('new_user' in claimsOf(silent.id_token), false);
      const asked = await party.tokensFor(new Browser(plain), 'b@example.test', { claims: '{"id_token":{"new_user":null}}' });
      assert.equal(claimsOf(asked.id_token)['new_user'], true);
    } finally {
      await plain.close();
    }
  });
});
