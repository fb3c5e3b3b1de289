import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { OpenStore, SmsSender } from '../src/index.ts';
import { Backend, backendClients } from './backend-scene.ts';
import { Browser, isAt, type Reply } from './browser.ts';
import { addMember, startWithDetours, type DetourScene } from './detour-scene.ts';
import { openerOf } from './engines.ts';
import { addReachable, passedMail, startWithMfa, type MfaScene } from './mfa-scene.ts';
import { askedForPassword, goodPassword, otherPassword, startWithPasswords, tryPassword, typeCode } from './password-scene.ts';
import { startWithProviders, type SocialPortico } from './social-scene.ts';
import { startWithUsernames } from './username-scene.ts';
import { isOfBackground, watchStore } from './watch-store.ts';
import { askForSms, startWithSms } from './sms-scene.ts';
import { startPortico, type Portico } from './start-portico.ts';

/** What differs from run to run or from address to address, whoever asks: ids, which may be longer or shorter, secrets, moments. */
const plain = (reply: Reply, address: string): unknown => ({
  status: reply.status,
  headers: [...reply.headers].filter(([name]) => !['date', 'x-request-id', 'set-cookie', 'content-length'].includes(name)),
  cookies: reply.headers.getSetCookie().map((line) => line.replace(/=[\w-]{43};/, '=…;')),
  body: reply.text
    .replaceAll(address, 'somebody')
    .replaceAll(/"(request_id|flow_handle|challenge|match_number|id|path|link)":"[^"]*"/g, '"$1":"…"')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then'),
});

describe('an app that takes no strangers tells nobody who its members are', () => {
  let service: Portico;
  const calls: string[] = [];
  let store: OpenStore;
  before(async () => {
    store = await openerOf('sqlite').open();
    const watched = watchStore(store, (name) => (isOfBackground(name) ? undefined : void calls.push(name)));
    service = await startPortico({ clients: backendClients, app: { allowPublicSignup: false, preferences: { methods: { passkey: { allowsCrossDevice: true } } } }, auth: { store: { open: () => Promise.resolve(watched) } } });
    const now = service.clock.now();
    for (const [id, status] of [['member-0', 'active'], ['keyed-0', 'active'], ['barred-0', 'suspended']] as const) {
      const address = `${id}@example.test`;
      await store.users.insert({ id, status, email: { typed: address, canonical: address, verifiedAt: now }, createdAt: now, updatedAt: now } as Parameters<OpenStore['users']['insert']>[0]);
    }
    await givePasskey('keyed-0');
  });
  after(() => service.close());

  /** A passkey of somebody, as far as the store goes. */
  const givePasskey = (userId: string): Promise<unknown> => store.passkeys.insert({
    id: 'a-passkey', userId, rpId: 'localhost', publicKey: 'AAAA', algorithm: -7, counter: 0, transports: ['internal'], isBackupEligible: true,
    isBackedUp: true, isUserVerified: true, aaguid: '00000000-0000-0000-0000-000000000000', attestationFormat: 'none', nickname: '', createdAt: service.clock.now(),
  } as unknown as Parameters<OpenStore['passkeys']['insert']>[0]);

  const story = async (address: string): Promise<{ answers: readonly unknown[]; statements: readonly string[] }> => {
    const browser = new Browser(service);
    await browser.startFlow();
    // The set of registered origins is read at most every few seconds, whoever asks.
    calls.length = 0;
    await browser.act('submit-identifier', { identifier: address });
    await browser.look();
    await browser.act('submit-answer', { answer: '000000' });
    await browser.act('submit-answer', { answer: '12' });
    await browser.act('resend');
    await browser.act('choose-method', { method: 'magic-link' });
    await browser.act('choose-method', { method: 'passkey' });
    await browser.act('choose-method', { method: 'passkey', cross_device: true });
    await browser.look();
    await browser.act('go-back');
    await browser.act('submit-identifier', { identifier: address });
    const statements = [...calls];
    return { answers: browser.history.map(({ reply }) => plain(reply, address)), statements };
  };

  for (const [name, stranger] of [['a stranger', 'nobody-0@example.test'], ['a member with a passkey', 'keyed-0@example.test'], ['a suspended user', 'barred-0@example.test']] as const) {
    test(`${name} sees byte for byte what a member sees, for the same work`, async () => {
      // Wrong codes of the round before are forgotten by then.
      service.clock.advance(90_000);
      const member = await story('member-0@example.test');
      const other = await story(stranger);
      assert.deepEqual(other.answers, member.answers);
      assert.deepEqual(other.statements, member.statements);
      assert.ok(member.statements.length > 20);
    });
  }

  /** The same by a backend, which learns no more than a page. */
  const backendStory = async (address: string): Promise<{ answers: readonly unknown[]; statements: readonly string[] }> => {
    const backend = new Backend(service);
    await backend.start();
    calls.length = 0;
    await backend.act('submit-identifier', { identifier: address });
    await backend.look();
    await backend.act('submit-answer', { answer: '000000' });
    await backend.act('resend');
    await backend.act('choose-method', { method: 'magic-link' });
    await backend.act('approve');
    await backend.act('choose-method', { method: 'passkey' });
    await backend.act('go-back');
    return { answers: backend.history.map((reply) => plain(reply, address)), statements: [...calls] };
  };

  for (const [name, stranger] of [['a stranger', 'nobody-0@example.test'], ['a member with a passkey', 'keyed-0@example.test'], ['a suspended user', 'barred-0@example.test']] as const) {
    test(`of ${name} a backend sees byte for byte what it sees of a member, for the same work`, async () => {
      service.clock.advance(90_000);
      const member = await backendStory('member-0@example.test');
      const other = await backendStory(stranger);
      assert.deepEqual(other.answers, member.answers);
      assert.deepEqual(other.statements, member.statements);
      assert.ok(member.statements.length > 20);
    });
  }

  test('their mails differ, and are as many', async () => {
    await service.deliver();
    const to = (address: string): readonly string[] => service.inbox.list().filter((mail) => mail.to === address).map(({ text }) => text);
    assert.ok(to('member-0@example.test').some((text) => /^\d{6}$/m.test(text)));
    for (const address of ['nobody-0@example.test', 'barred-0@example.test']) {
      assert.equal(to(address).length > 0, true);
      for (const text of to(address)) assert.doesNotMatch(text, /^\d{6}$|\/link\//m);
    }
  });
});

describe('an app with passwords tells nobody who its members are, nor who of them has one', () => {
  let service: Portico;
  const calls: string[] = [];
  before(async () => {
    const store = await openerOf('sqlite').open();
    const watched = watchStore(store, (name) => (isOfBackground(name) ? undefined : void calls.push(name)));
    service = await startWithPasswords({ app: { allowPublicSignup: false }, auth: { store: { open: () => Promise.resolve(watched) } } });
    const now = service.clock.now();
    for (const [id, status] of [['member-1', 'active'], ['poorer-1', 'active'], ['barred-1', 'suspended']] as const) {
      const address = `${id}@example.test`;
      await store.users.insert({ id, status, email: { typed: address, canonical: address, verifiedAt: now }, createdAt: now, updatedAt: now } as Parameters<OpenStore['users']['insert']>[0]);
    }
    const owner = await askedForPassword(service, 'member-1@example.test');
    await owner.act('choose-method', { method: 'email-code', wants_new_password: true });
    isAt(await typeCode(owner, 'member-1@example.test', service), 'set-password');
    isAt((await owner.act('submit-password', { password: goodPassword })).body, 'enter-password');
    // The decoy that strangers are measured by is made once in the life of a process.
    await tryPassword(service, 'nobody-1@example.test', otherPassword);
  });
  after(() => service.close());

  const story = async (address: string): Promise<{ answers: readonly unknown[]; statements: readonly string[] }> => {
    const browser = new Browser(service);
    await browser.startFlow();
    calls.length = 0;
    await browser.act('submit-identifier', { identifier: address });
    await browser.look();
    for (let tries = 0; tries < 6; tries += 1) await browser.act('submit-password', { password: otherPassword });
    await browser.look();
    await browser.act('choose-method', { method: 'email-code', wants_new_password: true });
    await browser.act('submit-answer', { answer: '000000' });
    await browser.act('choose-method', { method: 'password' });
    await browser.act('submit-password', { password: 'x'.repeat(300) });
    await browser.act('submit-password', { password: otherPassword });
    await browser.act('go-back');
    await browser.act('submit-identifier', { identifier: address });
    return { answers: browser.history.map(({ reply }) => plain(reply, address)), statements: [...calls] };
  };

  for (const [name, address] of [['a stranger', 'nobody-1@example.test'], ['a member without one', 'poorer-1@example.test'], ['a suspended user', 'barred-1@example.test']] as const) {
    test(`${name} sees byte for byte what a member with one sees, for the same statements`, async () => {
      service.clock.advance(90_000);
      const member = await story('member-1@example.test');
      const other = await story(address);
      assert.deepEqual(other.answers, member.answers);
      assert.deepEqual(other.statements, member.statements);
      assert.ok(member.statements.filter((call) => call === 'limits.countAttempt').length >= 6);
    });
  }
});

describe('an app with SMS tells nobody whose numbers it knows', () => {
  let service: Portico;
  const calls: string[] = [];
  let isProviderOut = false;
  const numbers = { member: '+4915110000001', stranger: '+4915120000002', barred: '+4915130000003' };
  before(async () => {
    const store = await openerOf('sqlite').open();
    const watched = watchStore(store, (name) => (isOfBackground(name) ? undefined : void calls.push(name)));
    const smsSender: SmsSender = { sendSms: (sms) => (isProviderOut ? Promise.reject(new Error('out of order')) : service.inbox.sendSms(sms)) };
    service = await startWithSms({ app: { allowPublicSignup: false }, auth: { smsSender, store: { open: () => Promise.resolve(watched) } } });
    const now = service.clock.now();
    for (const [id, status, number] of [['member-2', 'active', numbers.member], ['barred-2', 'suspended', numbers.barred]] as const) {
      await store.users.insert({ id, status, phone: { typed: number, canonical: number, verifiedAt: now }, createdAt: now, updatedAt: now } as unknown as Parameters<OpenStore['users']['insert']>[0]);
    }
  });
  after(() => service.close());

  const story = async (number: string): Promise<{ answers: readonly unknown[]; statements: readonly string[] }> => {
    const browser = new Browser(service);
    await browser.startFlow();
    calls.length = 0;
    await browser.act('submit-identifier', { identifier: number });
    await browser.look();
    // Whether a row was sent, or had nothing to send, is to be seen nowhere.
    await service.deliver();
    await browser.look();
    await browser.act('submit-answer', { answer: '12' });
    await browser.act('resend');
    for (let tries = 0; tries < 3; tries += 1) await browser.act('submit-answer', { answer: '0000000'.slice(0, 6) });
    await browser.look();
    await browser.act('choose-method', { method: 'passkey' });
    await browser.act('go-back');
    await browser.act('submit-identifier', { identifier: number });
    return { answers: browser.history.map(({ reply }) => plain(reply, number)), statements: [...calls] };
  };

  for (const [name, number] of [['a stranger', numbers.stranger], ['a suspended user', numbers.barred]] as const) {
    test(`${name} sees byte for byte what a member sees, for the same work, and gets no SMS`, async () => {
      service.clock.advance(90_000);
      const member = await story(numbers.member);
      const other = await story(number);
      assert.deepEqual(other.answers, member.answers);
      assert.deepEqual(other.statements, member.statements);
      assert.ok(member.statements.filter((call) => call === 'limits.spend').length >= 4);
      assert.ok(service.inbox.listSms().some(({ to }) => to === numbers.member));
      assert.deepEqual(service.inbox.listSms().filter(({ to }) => to === number), []);
    });
  }

  test('nobody sees by a provider that is out of order to whom there was something to send', async () => {
    service.clock.advance(90_000);
    isProviderOut = true;
    const [member, other] = [await story(numbers.member), await story(numbers.stranger)];
    isProviderOut = false;
    assert.deepEqual(other.answers, member.answers);
    assert.ok(service.log.some(({ event }) => event === 'mail_delayed'));
  });

  test('no digits open a session for a stranger: what was made for nobody is right for nobody', async () => {
    service.clock.advance(90_000);
    const { browser } = await askForSms(service, numbers.stranger, { create_new_user: false });
    for (const answer of ['000000', '123456']) assert.equal((await browser.act('submit-answer', { answer })).body.code, 'code_wrong');
  });

  test('a number that is told from others only by a budget that is used up is told alike for both', async () => {
    service.clock.advance(90_000);
    for (const number of [numbers.member, numbers.stranger]) {
      const replies = [];
      for (let at = 0; at < 7; at += 1) {
        replies.push((await askForSms(service, number, { create_new_user: false })).view.step);
        service.clock.advance(61);
      }
      assert.deepEqual(replies, [...Array.from({ length: 5 }, () => 'enter-code'), 'blocked', 'blocked'], number);
    }
  });
});

describe('a backend learns of no id and of no code that goes elsewhere whose they are', () => {
  let service: DetourScene;
  const calls: string[] = [];
  before(async () => {
    service = await startWithDetours('sqlite', { watch: (store) => watchStore(store, (name) => (isOfBackground(name) ? undefined : void calls.push(name))) });
  });
  after(() => service.close());

  const story = async (name: Record<string, string>, request: Record<string, unknown>): Promise<{ answers: readonly unknown[]; statements: readonly string[] }> => {
    service.clock.advance(90_000);
    const backend = new Backend(service);
    await backend.start(request);
    calls.length = 0;
    await backend.act('submit-identifier', name);
    await service.deliver();
    await backend.look();
    await backend.act('submit-answer', { answer: '000000' });
    await backend.act('submit-answer', { answer: '12' });
    await backend.act('resend');
    service.clock.advance(61);
    await backend.act('resend');
    for (const method of ['sms-code', 'email-code', 'magic-link']) await backend.act('choose-method', { method });
    await backend.act('submit-answer', { answer: '000000' });
    await backend.act('go-back');
    await backend.act('submit-identifier', name);
    const [typed = ''] = Object.values(name);
    return { answers: backend.history.map((reply) => plain(reply, typed)), statements: [...calls] };
  };

  for (const [way, request] of [['own', {}], ['elsewhere by mail', { deliver_to: { email: 'desk@else.example' } }], ['elsewhere by SMS', { deliver_to: { phone_number: '+4915199999999' } }]] as const) {
    test(`${way}: an id that is nobody's, and one of somebody suspended, are answered as a member's, for the same work`, async () => {
      const [member, barred] = [await addMember(service), await addMember(service, { status: 'suspended' })];
      const seen = await story({ user_id: member.id }, request);
      for (const user_id of ['nobody-at-all-is-called', barred.id]) {
        const other = await story({ user_id }, request);
        assert.deepEqual(other.answers, seen.answers);
        assert.deepEqual(other.statements, seen.statements);
      }
      assert.ok(seen.statements.length > 20);
    });

    test(`${way}: an address, and a username, that nobody has are answered as a member's`, async () => {
      const [member, unproved] = [await addMember(service), await addMember(service, { isProved: false })];
      const byAddress = await story({ identifier: member.email }, request);
      for (const identifier of [...(way === 'own' ? [] : [unproved.email]), 'stranger@example.test']) {
        const other = await story({ identifier }, request);
        // An ordinary mail to a stranger is told to the backend as sent, as one to a member is.
        assert.deepEqual([other.answers, other.statements], [byAddress.answers, byAddress.statements], identifier);
      }
      const byName = await story({ identifier: member.username }, request);
      assert.deepEqual((await story({ identifier: 'no.one' }, request)).answers, byName.answers);
    });
  }
});

describe('a domain that belongs to a provider tells nobody who its people are', () => {
  let service: SocialPortico;
  const calls: string[] = [];
  before(async () => {
    const store = await openerOf('sqlite').open();
    const watched = watchStore(store, (name) => (isOfBackground(name) ? undefined : void calls.push(name)));
    service = await startWithProviders({ domains: { 'example.test': 'odd' }, app: { allowPublicSignup: false }, store: watched });
    const now = service.clock.now();
    for (const [id, status] of [['member-3', 'active'], ['barred-3', 'suspended']] as const) {
      const address = `${id}@example.test`;
      await store.users.insert({ id, status, email: { typed: address, canonical: address, verifiedAt: now }, createdAt: now, updatedAt: now } as Parameters<OpenStore['users']['insert']>[0]);
    }
  });
  after(() => service.close());

  const story = async (address: string): Promise<{ answers: readonly unknown[]; statements: readonly string[] }> => {
    const browser = new Browser(service);
    await browser.startFlow();
    calls.length = 0;
    isAt((await browser.act('submit-identifier', { identifier: address })).body, 'leave-to-provider');
    await browser.look();
    await browser.act('choose-method', { method: 'email-code' });
    await browser.act('approve');
    await browser.act('choose-method', { method: 'social', provider: 'odd' });
    await browser.act('go-back');
    await browser.act('submit-identifier', { identifier: address });
    const answers = browser.history.map(({ reply }) => JSON.stringify(plain(reply, address)).replaceAll(/question=[\w-]{22}/g, 'question=…'));
    return { answers, statements: [...calls] };
  };

  for (const [name, address] of [['a stranger', 'nobody-3@example.test'], ['a suspended user', 'barred-3@example.test']] as const) {
    test(`${name} sees byte for byte what a member sees, for the same statements`, async () => {
      const member = await story('member-3@example.test');
      const other = await story(address);
      assert.deepEqual(other.answers, member.answers);
      assert.deepEqual(other.statements, member.statements);
    });
  }
});

describe('a recovery tells nobody whose account there is', () => {
  let service: MfaScene;
  const calls: string[] = [];
  before(async () => {
    const store = watchStore(await openerOf('sqlite').open(), (name) => (isOfBackground(name) ? undefined : void calls.push(name)));
    service = await startWithMfa({ store, app: { allowPublicSignup: false } });
    const now = service.clock.now();
    const people = [
      ['member-4', 'active', '+4915110000041'], ['owner-4', 'active', '+4915110000042'], ['barred-4', 'suspended', '+4915110000043'],
    ] as const;
    for (const [id, status, number] of people) {
      const address = `${id}@example.test`;
      await store.users.insert({ id, status, email: { typed: address, canonical: address, verifiedAt: now }, phone: { typed: number, canonical: number, verifiedAt: now }, createdAt: now, updatedAt: now } as unknown as Parameters<OpenStore['users']['insert']>[0]);
    }
    await store.totps.insert({ id: 'a-totp', userId: 'owner-4', sealedSecret: 'x', algorithm: 'SHA1', digits: 6, periodSeconds: 30, lastUsedStep: 0, createdAt: now } as unknown as Parameters<OpenStore['totps']['insert']>[0]);
    await service.auth.startRecovery({ owner: { userId: 'owner-4' }, clientId: 'notes-web', startedBy: 'desk', reason: 'called', replacesSecondFactors: true });
  });
  after(() => service.close());

  const story = async (identifier: string, first: 'email-code' | 'sms-code'): Promise<{ answers: readonly unknown[]; statements: readonly string[] }> => {
    const browser = new Browser(service);
    await browser.startFlow({ kind: 'recover' });
    calls.length = 0;
    await browser.act('submit-identifier', { identifier });
    await browser.look();
    await browser.act('submit-answer', { answer: '000000' });
    await browser.act('resend');
    await browser.act('choose-method', { method: 'magic-link' });
    await browser.act('choose-method', { method: 'password' });
    await browser.act('submit-password', { password: otherPassword });
    await browser.act('choose-method', { method: first, wants_new_password: true });
    await browser.act('go-back');
    await browser.act('submit-identifier', { identifier });
    return { answers: browser.history.map(({ reply }) => plain(reply, identifier)), statements: [...calls] };
  };

  test('by mail: a stranger, a suspended user and one who has a second factor see what a member sees, for the same statements', async () => {
    await story('warm-4@example.test', 'email-code');
    for (const address of ['nobody-4@example.test', 'owner-4@example.test', 'barred-4@example.test']) {
      service.clock.advance(90_000);
      const member = await story('member-4@example.test', 'email-code');
      const other = await story(address, 'email-code');
      assert.deepEqual(other.answers, member.answers, address);
      assert.deepEqual(other.statements, member.statements, address);
      assert.ok(member.statements.length > 20);
    }
  });

  test('by SMS likewise, and none goes to a number that nobody can recover an account by', async () => {
    for (const number of ['+4915110000049', '+4915110000042', '+4915110000043']) {
      service.clock.advance(90_000);
      const member = await story('+4915110000041', 'sms-code');
      const other = await story(number, 'sms-code');
      assert.deepEqual(other.answers, member.answers, number);
      assert.deepEqual(other.statements, member.statements, number);
    }
    await service.deliver();
    for (const number of ['+4915110000049', '+4915110000043']) assert.deepEqual(service.inbox.listSms().filter(({ to }) => to === number), []);
  });
});

describe('an app with usernames tells nobody which there are', () => {
  let service: Portico;
  const calls: string[] = [];
  before(async () => {
    const store = await openerOf('sqlite').open();
    const watched = watchStore(store, (name) => (isOfBackground(name) ? undefined : void calls.push(name)));
    service = await startWithUsernames({ app: { allowPublicSignup: false }, auth: { store: { open: () => Promise.resolve(watched) } } });
    const now = service.clock.now();
    const number = '+4915140000001';
    const people: readonly (readonly [string, string, object])[] = [
      ['member.one', 'active', { email: { typed: 'member-3@example.test', canonical: 'member-3@example.test', verifiedAt: now }, phone: { typed: number, canonical: number, verifiedAt: now } }],
      ['silent.one', 'active', {}],
      ['unproved.one', 'active', { email: { typed: 'unproved-3@example.test', canonical: 'unproved-3@example.test' } }],
      ['barred.one', 'suspended', { email: { typed: 'barred-3@example.test', canonical: 'barred-3@example.test', verifiedAt: now } }],
    ];
    for (const [name, status, contacts] of people) {
      await store.users.insert({ id: name, status, username: { typed: name, canonical: name }, ...contacts, createdAt: now, updatedAt: now } as unknown as Parameters<OpenStore['users']['insert']>[0]);
    }
    const owner = await atSignIn('member-3@example.test');
    await owner.act('choose-method', { method: 'email-code', wants_new_password: true });
    isAt(await typeCode(owner, 'member-3@example.test', service), 'set-password');
    isAt((await owner.act('submit-password', { password: goodPassword })).body, 'enter-password');
    // The decoy that strangers are measured by is made once in the life of a process.
    await (await atSignIn('no.body')).act('submit-password', { password: otherPassword });
  });
  after(() => service.close());

  const atSignIn = async (identifier: string): Promise<Browser> => {
    const browser = new Browser(service);
    await browser.startFlow();
    await browser.act('submit-identifier', { identifier });
    return browser;
  };

  const story = async (name: string): Promise<{ answers: readonly unknown[]; statements: readonly string[] }> => {
    const browser = new Browser(service);
    await browser.startFlow();
    calls.length = 0;
    await browser.act('submit-identifier', { identifier: name });
    await browser.look();
    await browser.act('submit-password', { password: otherPassword });
    await browser.act('choose-method', { method: 'email-code' });
    // Whether a row was sent, or had nothing to send, is to be seen nowhere.
    await service.deliver();
    await browser.look();
    await browser.act('submit-answer', { answer: '000000' });
    await browser.act('submit-answer', { answer: '12' });
    await browser.act('resend');
    await browser.act('choose-method', { method: 'magic-link' });
    await browser.act('choose-method', { method: 'sms-code' });
    await service.deliver();
    await browser.look();
    await browser.act('submit-answer', { answer: '000000' });
    await browser.act('choose-method', { method: 'passkey' });
    await browser.act('go-back');
    await browser.act('submit-identifier', { identifier: name.toUpperCase() });
    await browser.act('choose-method', { method: 'email-code', wants_new_password: true });
    await browser.act('submit-answer', { answer: '000000' });
    await browser.act('choose-method', { method: 'password' });
    for (let tries = 0; tries < 6; tries += 1) await browser.act('submit-password', { password: otherPassword });
    await browser.look();
    return { answers: browser.history.map(({ reply }) => plain({ ...reply, text: reply.text.replaceAll(name.toUpperCase(), 'somebody') }, name)), statements: [...calls] };
  };

  for (const [who, name] of [['one that nobody has', 'no.one'], ['one of somebody who has proved nothing', 'silent.one'], ['one beside an address that was never proved', 'unproved.one'], ['one of a suspended user', 'barred.one']] as const) {
    test(`of ${who} is seen byte for byte what is seen of a member's, for the same work`, async () => {
      service.clock.advance(86_400_000);
      const member = await story('member.one');
      const other = await story(name);
      assert.deepEqual(other.answers, member.answers);
      assert.deepEqual(other.statements, member.statements);
      assert.ok(member.statements.length > 40);
    });
  }

  test('what its owner did by their address a moment ago shows in nobody\'s asking by the name', async () => {
    service.clock.advance(86_400_000);
    for (let at = 0; at < 5; at += 1) {
      await (await atSignIn('member-3@example.test')).act('choose-method', { method: 'email-code' });
      service.clock.advance(31_000);
    }
    const [member, other] = [await story('member.one'), await story('no.one')];
    assert.deepEqual(other.answers, member.answers);
  });

  test('a flow that makes users makes none of a username, and says so of none', async () => {
    service.clock.advance(86_400_000);
    const open = await startWithUsernames();
    try {
      const browser = new Browser(open);
      await browser.startFlow({ create_new_user: true });
      isAt((await browser.act('submit-identifier', { identifier: 'no.one' })).body, 'enter-password');
      isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code');
      await open.deliver();
      assert.deepEqual(open.inbox.list(), []);
    } finally {
      await open.close();
    }
  });

  test('only what can be answered goes out, and only to the member', async () => {
    await service.deliver();
    assert.deepEqual([...new Set(service.inbox.list().map(({ to }) => to))], ['member-3@example.test']);
    assert.deepEqual([...new Set(service.inbox.listSms().map(({ to }) => to))], ['+4915140000001']);
  });
});

describe('a number or an address that is added tells nobody whose it is already', () => {
  let service: MfaScene;
  const calls: string[] = [];
  before(async () => {
    const store = watchStore(await openerOf('sqlite').open(), (name) => (isOfBackground(name) ? undefined : void calls.push(name)));
    service = await startWithMfa({ store });
    await addReachable(service, { email: 'member-5@example.test', number: '+4915110000051' });
    await addReachable(service, { email: 'later-5@example.test', number: '+4915110000052' }, { email: false, number: false });
  });
  after(() => service.close());

  const story = async (browser: Browser, contact: string): Promise<{ answers: readonly unknown[]; statements: readonly string[] }> => {
    const before = browser.history.length;
    calls.length = 0;
    await browser.act('submit-identifier', { identifier: contact });
    await browser.look();
    await service.deliver();
    await browser.look();
    await browser.act('submit-answer', { answer: '12' });
    await browser.act('submit-answer', { answer: '0000000'.slice(0, 6) });
    await browser.act('resend');
    await browser.act('choose-method', { method: contact.includes('@') ? 'email-code' : 'sms-code' });
    await browser.act('submit-identifier', { identifier: contact });
    return { answers: browser.history.slice(before).map(({ reply }) => plain(reply, contact)), statements: [...calls] };
  };
  let people = 0;
  /** Somebody new, where they add what codes go to. */
  const adding = async (method: 'sms-code' | 'email-code'): Promise<Browser> => {
    service.clock.advance(90_000);
    await service.setPolicy('required', { methods: [method] });
    people += 1;
    if (method === 'sms-code') return passedMail(service, `adds-5-${people}@example.test`);
    const number = `+49151300005${people + 10}`;
    const { browser } = await askForSms(service, number);
    await browser.act('choose-method', { method: 'sms-code' });
    await service.deliver();
    await browser.act('submit-answer', { answer: service.inbox.lastSmsCode(number) });
    await browser.act('skip');
    return browser;
  };

  for (const [method, free, taken, unproved] of [
    ['sms-code', '+4915110000059', '+4915110000051', '+4915110000052'], ['email-code', 'free-5@example.test', 'member-5@example.test', 'later-5@example.test'],
  ] as const) {
    test(`by ${method}: another account’s looks byte for byte as one that is free, for the same statements`, async () => {
      const one = await story(await adding(method), free);
      for (const other of [taken, unproved]) {
        const seen = await story(await adding(method), other);
        assert.deepEqual(seen.answers, one.answers, other);
        assert.deepEqual(seen.statements, one.statements, other);
      }
      assert.ok(one.statements.filter((call) => call === 'limits.spend').length >= 2);
      assert.deepEqual(service.inbox.listSms().filter(({ to }) => to === taken), []);
      assert.equal(service.inbox.lastCode(taken), undefined);
    });
  }
});
