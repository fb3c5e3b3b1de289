import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { apple, createAuth, devInbox, emailCode, oidc, passkey, social, sqlite, type AppOptions, type OpenStore } from '../src/index.ts';
import { Browser, isAt, isDone, isProblem } from './browser.ts';
import { openerOf } from './engines.ts';
import { addOwner, nextDigits, startWithMfa } from './mfa-scene.ts';
import { createOddUpstream } from './odd-upstream.ts';
import { goodPassword, otherPassword, quickPassword, settle } from './password-scene.ts';
import { claimsOf, codeIn, relyingParty } from './relying-party.ts';
import { answerOdd, atTheDoor, goThrough, startWithProviders, type SocialPortico } from './social-scene.ts';
import { listenLater, upstreamClient } from './upstream-issuer.ts';

type NewUser = Parameters<OpenStore['users']['insert']>[0];

const methods = [passkey({ isOfferedAfterSignIn: false }), quickPassword(), emailCode()];

describe('whose an account at a provider is', () => {
  let service: SocialPortico;
  let closed: SocialPortico;
  let store: OpenStore;
  before(async () => {
    store = await openerOf('sqlite').open();
    service = await startWithProviders({ methods, store });
    closed = await startWithProviders({ methods: [emailCode()], app: { allowPublicSignup: false } });
  });
  after(() => Promise.all([service.close(), closed.close()]));

  let people = 0;
  const person = (): string => `link-${(people += 1)}@example.test`;
  const putUser = async (id: string, email: string, more: Partial<NewUser> = {}): Promise<void> => {
    const now = service.clock.now();
    await store.users.insert({ id, status: 'active', email: { typed: email, canonical: email }, createdAt: now, updatedAt: now, ...more } as NewUser);
  };
  test('whoever waits in an account with an address that they never proved loses it to its owner, and is in nobody else’s', async () => {
    const email = person();
    await putUser('attacker', email);
    const attacker = { userId: 'attacker', sealedHash: 'v1.k1.x.y', setAt: service.clock.now() };
    await store.passwords.insert(attacker as unknown as Parameters<OpenStore['passwords']['insert']>[0]);
    const party = relyingParty(service);
    const { reply } = await goThrough(service, email, { ...party.request });
    const claims = claimsOf((await party.exchange(codeIn(isDone(reply.body).redirect_to))).body.id_token);
    assert.notEqual(claims['sub'], 'attacker');
    assert.equal((await store.users.find('attacker' as NewUser['id']))?.email, undefined);
    assert.equal((await store.users.findByEmail(email as never))?.id, claims['sub']);
  });

  test('so does the owner by the code of a mail', async () => {
    const email = person();
    await putUser('attacker-2', email);
    await store.passwords.insert({ userId: 'attacker-2', sealedHash: 'v1.k1.x.y', setAt: service.clock.now() } as unknown as Parameters<OpenStore['passwords']['insert']>[0]);
    const browser = new Browser(service);
    await browser.startFlow({ kind: 'sign-up', create_new_user: true });
    await browser.act('submit-identifier', { identifier: email });
    await service.deliver();
    isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body, 'set-password');
    assert.notEqual((await store.users.findByEmail(email as never))?.id, 'attacker-2');
  });

  test('an account that was prepared for an address and that nobody can get into is its owner’s', async () => {
    const email = person();
    await putUser('prepared', email);
    const party = relyingParty(service);
    const { reply } = await goThrough(service, email, { ...party.request });
    const done = isDone(reply.body);
    assert.equal(claimsOf((await party.exchange(codeIn(done.redirect_to))).body.id_token)['sub'], 'prepared');
    assert.equal(done.new_user, false);
    assert.ok((await store.users.find('prepared' as NewUser['id']))?.email?.verifiedAt);
  });

  test('who waits to be linked is offered no passkey on another device: the account could be that of whoever shows the code', async () => {
    const phones = await startWithProviders({ app: { preferences: { methods: { passkey: { allowsCrossDevice: true } } } } });
    try {
      const email = person();
      await new Browser(phones).signIn(email);
      const { browser, reply } = await goThrough(phones, email);
      assert.equal(reply.body.linking?.reason, 'account_exists');
      isProblem(await browser.act('choose-method', { method: 'passkey', cross_device: true }), 403, 'method_disabled');
      const back = await browser.act('choose-method', { method: 'passkey' });
      assert.equal(isAt(back.body, 'use-passkey').cross_device, undefined);
    } finally {
      await phones.close();
    }
  });

  test('the owner of an address may prove it by their password, and a wrong one links nothing', async () => {
    const email = person();
    const browser = new Browser(service);
    await browser.startFlow({ kind: 'sign-up', create_new_user: true });
    await browser.act('submit-identifier', { identifier: email });
    await service.deliver();
    await browser.act('submit-answer', { answer: service.inbox.lastCode(email) });
    isDone((await browser.act('submit-password', { password: goodPassword })).body);
    const party = relyingParty(service);
    const back = await goThrough(service, email, { ...party.request });
    const asked = isAt(back.reply.body, 'enter-password');
    assert.deepEqual([asked.identifier, asked.linking?.reason], [email, 'account_exists']);
    isProblem(await back.browser.act('submit-password', { password: otherPassword }), 422, 'password_wrong');
    const done = isDone((await back.browser.act('submit-password', { password: goodPassword })).body);
    const claims = claimsOf((await party.exchange(codeIn(done.redirect_to))).body.id_token);
    assert.deepEqual([claims['amr'], claims['acr']], [['fed', 'fed:corp', 'pwd'], 'single'], 'a provider is no second factor');
    isDone((await goThrough(service, email)).reply.body);
  });

  test('who is asked for an address, for the provider names none, is asked for no password there: they may be new, and get a mail', async () => {
    const email = person();
    // Somebody new, and then the same one with another account there.
    for (const [login, isNew] of [[`bare-${email}`, true], [`bare-more-${email}`, false]] as const) {
      const { browser, reply } = await goThrough(service, login);
      assert.equal(isAt(reply.body, 'identify').linking?.reason, 'email_needed');
      const asked = isAt((await browser.act('submit-identifier', { identifier: email })).body, 'enter-code');
      assert.ok(asked.other_methods.includes('password'), 'who has one may use it');
      await service.deliver();
      const proved = await browser.act('submit-answer', { answer: service.inbox.lastCode(email) });
      const done = isDone(isNew ? (await browser.act('submit-password', { password: goodPassword })).body : proved.body);
      assert.equal(done.new_user, isNew);
      isDone((await goThrough(service, login)).reply.body);
      service.clock.advance(60);
    }
  });

  test('a provider that vouches for one address is not linked to the owner of another', async () => {
    const [email, other] = [person(), person()];
    for (const [id, address] of [['owner-id', email], ['other-id', other]] as const) await putUser(id, address, { email: { typed: address, canonical: address, verifiedAt: service.clock.now() } } as Partial<NewUser>);
    const { browser, reply } = await goThrough(service, email);
    isAt(reply.body, 'enter-password');
    await browser.act('restart');
    await browser.act('submit-identifier', { identifier: other });
    await browser.act('choose-method', { method: 'email-code' });
    await service.deliver();
    isDone((await browser.act('submit-answer', { answer: service.inbox.lastCode(other) })).body);
    assert.deepEqual(await Promise.all(['owner-id', 'other-id'].map((id) => store.identities.listOf(id as NewUser['id']))), [[], []]);
  });

  test('a suspended user is not let in by what they linked, and the window says no more than that', async () => {
    const email = person();
    const first = await goThrough(service, email);
    isDone(first.reply.body);
    const user = await store.users.findByEmail(email as never);
    assert.ok(user);
    await suspend(user.id);
    const { browser, reply } = await goThrough(service, email);
    isProblem(reply, 403, 'provider_account_refused');
    assert.equal(isAt((await browser.look()).body, 'leave-to-provider').problem, 'provider_account_refused');
    isProblem(await browser.act('approve'), 409, 'action_not_allowed');
  });

  /** As the store’s other side would: there is no way to suspend anybody yet. */
  async function suspend(id: string): Promise<void> {
    const { users } = store;
    const find = users.find.bind(users);
    Object.assign(users, { find: async (asked: never) => {
      const found = await find(asked);
      return found?.id === id ? { ...found, status: 'suspended' } : found;
    } });
    Object.assign(store.grouped.users, { find: users.find });
    await Promise.resolve();
  }

  test('an app that takes no strangers takes none from a provider, and leaves no trace of them', async () => {
    const { browser, reply } = await goThrough(closed, person());
    isProblem(reply, 403, 'sign_up_closed');
    const view = isAt((await browser.look()).body, 'leave-to-provider');
    assert.equal(view.problem, 'sign_up_closed');
    isAt((await browser.act('go-back')).body, 'identify');
  });

  test('none of the provider’s tokens is kept, nor said to anybody', async () => {
    const { browser, leaveTo } = await atTheDoor(service, 'odd');
    await answerOdd(service, { browser, leaveTo });
    await browser.act('approve');
    const flows = JSON.stringify(await store.audit.list(1_000)) + JSON.stringify(service.log) + browser.history.map(({ reply: each }) => each.text).join('');
    for (const secret of ['upstream-access-token', 'upstream-refresh-token', 'upstream-code', 'a-secret-that-the-upstream']) assert.equal(flows.includes(secret), false, secret);
  });
});

describe('an address whose domain belongs to a provider', () => {
  let service: SocialPortico;
  before(async () => {
    service = await startWithProviders({ domains: { 'corp.example': 'corp' } });
  });
  after(() => service.close());

  test('leads there with the address filled in, whoever it is, and no other way that starts from it is open', async () => {
    for (const email of ['Ada@Corp.Example', 'nobody@corp.example']) {
      const browser = new Browser(service);
      await browser.startFlow({ create_new_user: true });
      const view = isAt((await browser.act('submit-identifier', { identifier: email })).body, 'leave-to-provider');
      assert.deepEqual([view.provider.id, view.other_methods], ['corp', ['passkey']]);
      const asked = new URL((await browser.fetch(view.leave_to ?? '')).headers.get('Location') ?? '');
      assert.equal(asked.searchParams.get('login_hint'), email.toLowerCase());
      for (const method of ['email-code', 'magic-link']) isProblem(await browser.act('choose-method', { method }), 403, 'method_disabled');
      const again = isAt((await browser.act('choose-method', { method: 'social', provider: 'odd' })).body, 'leave-to-provider');
      assert.equal(new URL((await browser.fetch(again.leave_to ?? '')).headers.get('Location') ?? '').searchParams.has('login_hint'), false, 'nobody else is told the address');
    }
    await service.deliver();
    assert.deepEqual(service.inbox.list(), []);
  });

  test('who comes from another provider with such an address is sent to its own', async () => {
    const { browser, leaveTo } = await atTheDoor(service, 'odd');
    service.odd.behave({ claims: { sub: 'routed', email: 'ada@corp.example' } });
    await answerOdd(service, { browser, leaveTo });
    const view = isAt((await browser.act('approve')).body, 'leave-to-provider');
    assert.deepEqual([view.provider.id, view.is_approved, view.other_methods], ['corp', undefined, ['passkey']]);
  });

  test('of other domains nothing changes', async () => {
    const browser = new Browser(service);
    await browser.startFlow({ create_new_user: true });
    for (const email of ['ada@sub.corp.example', 'ada@notcorp.example', 'ada@constructor.example']) {
      isAt((await browser.act('submit-identifier', { identifier: email })).body, 'enter-code');
      await browser.act('go-back');
    }
  });

  test('the first screen takes an address though nothing else would, and says of no domain', async () => {
    const alone = await startWithProviders({ methods: [], domains: { 'corp.example': 'corp' } });
    try {
      const browser = new Browser(alone);
      assert.deepEqual(isAt((await browser.startFlow()).body, 'identify').identifiers, ['email']);
      isProblem(await browser.act('submit-identifier', { identifier: 'ada@other.example' }), 403, 'method_disabled');
      isAt((await browser.act('submit-identifier', { identifier: 'ada@corp.example' })).body, 'leave-to-provider');
      assert.doesNotMatch((await browser.fetch('/preferences?client_id=notes-web')).text, /corp\.example/);
    } finally {
      await alone.close();
    }
  });
});

describe('what the host says of providers', () => {
  test('an app has those on that its preferences name, in their order', async () => {
    const service = await startWithProviders({ app: { preferences: { methods: { social: { providers: ['odd', 'corp'] } } } } });
    try {
      const { text } = await new Browser(service).fetch('/preferences?client_id=notes-web');
      assert.match(text, /"providers":\[\{"id":"odd","name":"Odd"\},\{"id":"corp","name":"Corp"\}\]/);
      const browser = new Browser(service);
      await browser.startFlow();
      isProblem(await browser.act('choose-method', { method: 'social', provider: 'plain' }), 404, 'provider_unknown');
    } finally {
      await service.close();
    }
  });

  test('a provider that is switched off between the way out and back takes nobody in', async () => {
    const store = await openerOf('sqlite').open();
    const service = await startWithProviders({ store });
    try {
      const door = await atTheDoor(service, 'odd');
      const app = await store.apps.find('notes' as never);
      assert.ok(app);
      const { methods: on } = app.preferences;
      await store.apps.put({ ...app, preferences: { ...app.preferences, methods: { ...on, social: { ...on.social, providers: ['corp'] } } } });
      const window = await door.browser.fetch(`${service.issuer}/social/odd/callback?state=x`);
      assert.equal(window.status, 410);
      assert.equal((await door.browser.fetch(door.leaveTo)).status, 404);
    } finally {
      await service.close();
    }
  });

  const corp = oidc({ id: 'corp', name: 'Corp', issuer: 'https://corp.example', clientId: 'c', clientSecret: 's' });
  const other = oidc({ id: 'other', name: 'Other', issuer: 'https://other.example', clientId: 'c', clientSecret: 's' });
  const start = (domains: Readonly<Record<string, string>>, preferences: AppOptions['preferences'] = {}): Promise<unknown> => createAuth({
    issuer: 'https://login.example', store: sqlite(':memory:'), secret: 'x'.repeat(32), mailer: devInbox(),
    methods: [emailCode(), social({ providers: [corp, other], domains })], apps: [{ id: 'app', name: 'App', preferences, clients: [] }],
  });

  for (const [what, domains, providers, message] of [
    ['a provider that nobody set up', {}, ['nobody'], /names the provider "nobody"/],
    ['a domain of a provider that nobody set up', { 'corp.example': 'nobody' }, [], /names the provider "nobody"/],
    ['a domain of a provider that the app has off', { 'corp.example': 'corp' }, ['other'], /sends a domain to "corp"/],
  ] as const) {
    test(`${what} is found at start-up`, async () => {
      await assert.rejects(start(domains, { methods: { social: { providers: [...providers] } } }), message);
    });
  }

  test('two providers of one id, an id that is no path, and none at all are refused where they are written', () => {
    assert.throws(() => social({ providers: [] }), /at least one/);
    assert.throws(() => social({ providers: [corp, corp] }), /two have it/);
    assert.throws(() => social({ providers: [{ ...corp, id: '../a' }] }), /no id/);
    assert.throws(() => social({ providers: [corp], domains: { 'Corp Example': 'corp' } }), /no domain/);
    assert.throws(() => apple({ clientId: 'c', teamId: 't', keyId: 'k', privateKey: 'no key' }));
  });
});

describe('somebody with a second factor', () => {
  test('shows it before an account at a provider is linked to theirs, and is then asked for it by that way too', async () => {
    const upstream = await listenLater();
    const odd = await createOddUpstream(upstream.url);
    upstream.handle = odd.handle;
    const service = await startWithMfa({ others: [social({ providers: [oidc({ ...upstreamClient, id: 'odd', name: 'Odd', issuer: upstream.url })] })] });
    try {
      const { email, secret } = await addOwner(service, 'owner@example.test');
      await service.setPolicy('optional');
      const owner = await service.store.users.findByEmail(email as never);
      assert.ok(owner);
      odd.behave({ claims: { sub: 'theirs', email } });
      const come = async (): Promise<Browser> => {
        const door = await atTheDoor(service, 'odd');
        await answerOdd({ ...service, odd, oddUrl: upstream.url }, door);
        return door.browser;
      };
      const first = await come();
      isAt((await first.act('approve')).body, 'enter-password');
      const asked = isAt((await first.act('submit-password', { password: goodPassword })).body, 'enter-totp');
      assert.deepEqual([asked.linking?.reason, await service.store.identities.listOf(owner.id)], ['account_exists', []]);
      isDone(await settle(first, await first.act('submit-answer', { answer: nextDigits(secret, service) })));
      assert.equal((await service.store.identities.listOf(owner.id)).length, 1);
      const next = await come();
      isAt((await next.act('approve')).body, 'enter-totp');
      isDone(await settle(next, await next.act('submit-answer', { answer: nextDigits(secret, service) })));
    } finally {
      await Promise.all([service.close(), upstream.close()]);
    }
  });
});
