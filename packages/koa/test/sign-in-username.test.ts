import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { emailCode, passkey, smsCode, type OpenStore } from '../src/index.ts';
import { Browser, isAt, isDone } from './browser.ts';
import { engines } from './engines.ts';
import { goodPassword, otherPassword, settle, typeCode } from './password-scene.ts';
import { claimsOf, codeIn, relyingParty } from './relying-party.ts';
import type { Portico } from './start-portico.ts';
import { atSetPassword, identified, signUpAs, startUsernamesOn, startWithUsernames } from './username-scene.ts';

for (const engine of engines) {
  describe(`signing up and in with a username (${engine})`, () => {
    let service: Portico;
    let store: OpenStore;
    before(async () => {
      ({ service, store } = await startUsernamesOn(engine));
    });
    after(() => service.close());

    let people = 0;
    const person = (): { readonly name: string; readonly email: string } => ({ name: `Person.${(people += 1)}`, email: `name-${people}@example.test` });

    test('who signs up chooses a username with their password, and signs in with both, however it is written', async () => {
      const { name, email } = person();
      const party = relyingParty(service);
      const first = new Browser(service);
      const started = await first.startFlow({ kind: 'sign-up', create_new_user: true });
      assert.deepEqual(isAt(started.body, 'identify').identifiers, ['email', 'phone'], 'a username proves nothing: nobody is new by one');
      await first.act('submit-identifier', { identifier: email });
      const view = isAt(await typeCode(first, email, service), 'set-password');
      assert.equal(view.username, 'optional');
      isDone(await settle(first, await first.act('submit-password', { password: goodPassword, username: name })));
      for (const typed of [name, name.toUpperCase(), ` ${name} `, name.replace('P', 'Ｐ')]) {
        const { browser, view: asked } = await identified(service, typed, party.request);
        assert.equal(isAt(asked, 'enter-password').identifier, typed.trim());
        const done = isDone(await settle(browser, await browser.act('submit-password', { password: goodPassword })));
        assert.equal(done.new_user, false);
        if (typed !== name) continue;
        const claims = claimsOf((await party.exchange(codeIn(done.redirect_to))).body.id_token);
        assert.deepEqual(claims['amr'], ['pwd']);
      }
      assert.ok((await service.auth.listAuditEvents()).some(({ kind }) => kind === 'username_set'));
    });

    test('the first field of a sign-in and of a recovery takes usernames', async () => {
      for (const kind of ['sign-in', 'recover']) {
        const { body } = await new Browser(service).startFlow({ kind });
        assert.deepEqual(isAt(body, 'identify').identifiers, ['email', 'phone', 'username']);
      }
      for (const identifier of ['a', 'no name', 'аda', '..']) {
        const browser = new Browser(service);
        await browser.startFlow();
        const { status, body } = await browser.act('submit-identifier', { identifier });
        assert.deepEqual([status, body.code, body.errors], [422, 'identifier_malformed', [{ path: 'identifier', code: 'identifier_malformed' }]]);
      }
    });

    test('a code by mail, and one by SMS, reach the owner of a username, and the screen says no more than what was typed', async () => {
      const { name, email } = person();
      await signUpAs(service, name, email);
      const { browser } = await identified(service, name);
      const waiting = isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code');
      assert.deepEqual([waiting.sent_to, waiting.delivery, waiting.method], [name, 'sending', 'email-code']);
      assert.doesNotMatch(JSON.stringify(waiting), /example\.test/);
      await service.deliver();
      assert.equal(isAt((await browser.look()).body, 'enter-code').delivery, 'sending');
      isDone(await settle(browser, await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })));
    });

    test('a code by SMS reaches the proved number of a username, beside a mail that is out', async () => {
      const { name, email } = person();
      await signUpAs(service, name, email);
      const number = '+4915112345678';
      const now = service.clock.now();
      const owner = await store.users.findByEmail(email as never);
      assert.ok(owner);
      await store.users.setContact(owner.id, { kind: 'phone', from: undefined, to: { typed: number, canonical: number as never, verifiedAt: now } }, now);
      const { browser } = await identified(service, name);
      isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code');
      const waiting = isAt((await browser.act('choose-method', { method: 'sms-code' })).body, 'enter-code');
      assert.deepEqual([waiting.method, waiting.sent_to], ['sms-code', name]);
      assert.equal(isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code').method, 'email-code');
      assert.equal(isAt((await browser.act('choose-method', { method: 'sms-code' })).body, 'enter-code').method, 'sms-code');
      await service.deliver();
      isDone(await settle(browser, await browser.act('submit-answer', { answer: service.inbox.lastSmsCode(number) })));
    });

    test('who may be sent no SMS yet is at the mail that is out again, and the other way round', async () => {
      const { name, email } = person();
      await signUpAs(service, name, email);
      const first = await identified(service, name);
      await first.browser.act('choose-method', { method: 'sms-code' });
      const { browser } = await identified(service, name);
      isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code');
      const held = isAt((await browser.act('choose-method', { method: 'sms-code' })).body, 'blocked');
      assert.deepEqual([held.reason, held.other_methods], ['sms_sent_recently', ['passkey', 'password', 'email-code', 'magic-link']]);
      assert.equal(isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code').method, 'email-code');
      const { browser: third } = await identified(service, name, { kind: 'recover' });
      const other = isAt((await third.look()).body, 'blocked');
      assert.deepEqual([other.reason, other.other_methods], ['mail_sent_recently', ['passkey', 'password', 'sms-code']]);
    });

    test('the link of such a mail lets the page that waits go on', async () => {
      const { name, email } = person();
      await signUpAs(service, name, email);
      const { browser } = await identified(service, name);
      isAt((await browser.act('choose-method', { method: 'magic-link' })).body, 'wait-for-link');
      await service.deliver();
      const link = service.inbox.lastLink(email);
      assert.ok(link);
      assert.equal((await browser.postForm('/link', { secret: link.split('/').at(-1) ?? '' })).status, 200);
      isDone(await settle(browser, await browser.act('approve')));
    });

    test('a forgotten password is replaced by username, and the old one ends', async () => {
      const { name, email } = person();
      await signUpAs(service, name, email);
      const { browser, view } = await identified(service, name);
      assert.equal(isAt(view, 'enter-password').reset_with, 'email-code');
      isAt((await browser.act('choose-method', { method: 'email-code', wants_new_password: true })).body, 'enter-code');
      await service.deliver();
      const step = isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body, 'set-password');
      assert.deepEqual([step.reason, step.username], ['forgotten', undefined], 'who recovers keeps their name');
      assert.equal((await browser.act('submit-password', { password: otherPassword, username: 'another.name' })).body.code, 'field_unknown');
      isAt((await browser.act('submit-password', { password: otherPassword })).body, 'enter-password');
      isDone(await settle(browser, await browser.act('submit-password', { password: otherPassword })));
      const { browser: late } = await identified(service, name);
      assert.equal((await late.act('submit-password', { password: goodPassword })).body.code, 'password_wrong');
    });

    test('a flow of the kind recover begins with a username too', async () => {
      const { name, email } = person();
      await signUpAs(service, name, email);
      const { browser, view } = await identified(service, name, { kind: 'recover' });
      isAt(view, 'enter-code');
      await service.deliver();
      isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body, 'set-password');
    });

    test('a username that somebody has is told to whoever chooses one, and they choose another', async () => {
      const { name, email } = person();
      await signUpAs(service, name, email);
      const browser = await atSetPassword(service, person().email);
      const { status, body } = await browser.act('submit-password', { password: goodPassword, username: name.toUpperCase() });
      assert.deepEqual([status, body.code, body.errors], [409, 'username_taken', [{ path: 'username', code: 'username_taken' }]]);
      const malformed = await browser.act('submit-password', { password: goodPassword, username: 'a@b' });
      assert.deepEqual([malformed.status, malformed.body.errors], [422, [{ path: 'username', code: 'username_malformed' }]]);
      isDone(await settle(browser, await browser.act('submit-password', { password: goodPassword, username: person().name })));
    });

    test('a reserved name is taken, however it is written; the host gives it to whoever it is for', async () => {
      const { email } = person();
      const browser = await atSetPassword(service, email);
      for (const username of ['admin', 'Support', 'no-reply', 'ＲＯＯＴ', 'help_desk']) {
        assert.deepEqual((await browser.act('submit-password', { password: goodPassword, username })).body.errors, [{ path: 'username', code: 'username_taken' }], username);
      }
      isDone(await settle(browser, await browser.act('submit-password', { password: goodPassword })));
      assert.equal(await service.auth.setUsername({ owner: { email }, username: 'support', by: 'desk-7' }), 'set');
    });

    test('of many who choose a username at once one gets it, and the others still have a password to set', async () => {
      const { name } = person();
      const browsers = [];
      for (let at = 0; at < 5; at += 1) browsers.push(await atSetPassword(service, person().email));
      const replies = await Promise.all(browsers.map((browser) => browser.act('submit-password', { password: goodPassword, username: name })));
      assert.equal(replies.filter(({ body }) => body.code === undefined).length, 1);
      assert.ok(replies.every(({ body }) => body.code === undefined || (body.code === 'username_taken' && isAt(body.flow ?? body, 'set-password'))));
    });

    test('nobody asks for names without end: after twenty tries the next waits', async () => {
      const { name, email } = person();
      await signUpAs(service, name, email);
      service.clock.advance(3_700_000);
      const browser = await atSetPassword(service, person().email);
      const codes = [];
      for (let at = 0; at < 21; at += 1) codes.push((await browser.act('submit-password', { password: goodPassword, username: name })).body.code);
      assert.deepEqual([new Set(codes.slice(0, 20)), codes[20]], [new Set(['username_taken']), 'rate_limited']);
    });

    test('a password is not the username', async () => {
      const browser = await atSetPassword(service, person().email);
      const { body } = await browser.act('submit-password', { password: 'winterfell.catelyn', username: 'winterfell.catelyn' });
      assert.equal(body.code, 'password_refused');
      assert.ok(body.errors?.some(({ code }) => code === 'password_personal' || code === 'password_guessable'));
    });

    test('a username makes nobody a user, and no digits are right for one that nobody has', async () => {
      const { browser, view } = await identified(service, 'nobody.here', { create_new_user: true });
      isAt(view, 'enter-password');
      isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code');
      await service.deliver();
      assert.ok(!service.inbox.list().some(({ to }) => to.endsWith('.invalid')), 'nothing goes to what stands in');
      for (const answer of ['000000', '123456']) assert.equal((await browser.act('submit-answer', { answer })).body.code, 'code_wrong');
    });

    test('an address that was never proved gets no code for a username', async () => {
      const { name } = person();
      const now = service.clock.now();
      const squatted = 'squatted@example.test';
      await store.users.insert({ id: 'squatter', status: 'active', username: { typed: name, canonical: name.toLowerCase() }, email: { typed: squatted, canonical: squatted }, createdAt: now, updatedAt: now } as never);
      const { browser } = await identified(service, name);
      isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code');
      await service.deliver();
      assert.ok(!service.inbox.list().some(({ to }) => to === squatted));
    });

    test('a code that went to an address that is no longer theirs signs nobody in', async () => {
      const { name, email } = person();
      await signUpAs(service, name, email);
      const { browser } = await identified(service, name);
      isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code');
      await service.deliver();
      const owner = await store.users.findByEmail(email as never);
      assert.ok(owner);
      const now = service.clock.now();
      const next = person().email;
      await store.users.setContact(owner.id, { kind: 'email', from: { any: true }, to: { typed: next, canonical: next as never, verifiedAt: now } }, now);
      assert.notEqual((await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body.step, 'done');
    });

    test('wrong passwords add up over a username and an address of one account', async () => {
      const { name, email } = person();
      await signUpAs(service, name, email);
      const by = async (identifier: string): Promise<string | undefined> => {
        const { browser } = await identified(service, identifier);
        return (await browser.act('submit-password', { password: otherPassword })).body.code;
      };
      const codes = [];
      for (const identifier of [name, email, name, email, name]) codes.push(await by(identifier));
      assert.equal(codes.at(-1), 'too_many_attempts');
      assert.equal(await by(email), 'too_many_attempts');
      assert.equal(await service.auth.unlock({ owner: { username: name }, unlockedBy: 'desk' }), true);
      assert.equal(await by(name), 'password_wrong');
    });

    test('who is suspended is answered as a name that nobody has, with the right password and with the right digits', async () => {
      const { name, email } = person();
      await signUpAs(service, name, email);
      const { browser } = await identified(service, name);
      isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code');
      await service.deliver();
      const code = service.inbox.lastCode(email);
      await service.auth.suspendUser({ owner: { username: name }, by: 'desk', reason: 'a test' });
      assert.equal((await browser.act('submit-answer', { answer: code })).body.code, 'code_wrong');
      const { browser: late } = await identified(service, name);
      assert.equal((await late.act('submit-password', { password: goodPassword })).body.code, 'password_wrong');
    });

    test('an address that is asked for next leaves nothing of what was sent for the name', async () => {
      const { name, email } = person();
      await signUpAs(service, name, email);
      const { browser } = await identified(service, name);
      isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code');
      await service.deliver();
      const code = service.inbox.lastCode(email);
      await browser.act('go-back');
      await browser.act('submit-identifier', { identifier: 'somebody.else@example.test' });
      isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code');
      assert.equal((await browser.act('submit-answer', { answer: code })).body.code, 'code_wrong');
    });

    test('the host gives a username, and hears of one that is taken, malformed, or for nobody', async () => {
      const { name, email } = person();
      await signUpAs(service, name, email);
      const other = person();
      await signUpAs(service, other.name, other.email);
      assert.equal(await service.auth.setUsername({ owner: { email }, username: other.name.toUpperCase(), by: 'desk' }), 'taken');
      assert.equal(await service.auth.setUsername({ owner: { email }, username: 'Renamed.Person', by: 'desk' }), 'set');
      assert.equal(await service.auth.setUsername({ owner: { email: 'nobody@example.test' }, username: 'free.name', by: 'desk' }), 'no_such_user');
      await assert.rejects(service.auth.setUsername({ owner: { email }, username: 'a@b', by: 'desk' }), { code: 'username_malformed' });
      await assert.rejects(service.auth.setUsername({ owner: { email }, username: 'free.name', by: '' }));
      const { browser } = await identified(service, 'renamed.person');
      isDone(await settle(browser, await browser.act('submit-password', { password: goodPassword })));
      const old = await identified(service, name);
      assert.equal((await old.browser.act('submit-password', { password: goodPassword })).body.code, 'password_wrong');
      assert.ok((await service.auth.listAuditEvents()).some(({ kind, detail }) => kind === 'username_set' && detail?.['by'] === 'desk'));
    });

    test('the claim preferred_username comes with the scope profile', async () => {
      const { name, email } = person();
      await signUpAs(service, name, email);
      const party = relyingParty(service);
      const { browser } = await identified(service, name, { ...party.request, scope: 'openid profile' });
      const done = isDone(await settle(browser, await browser.act('submit-password', { password: goodPassword })));
      const { body } = await party.exchange(codeIn(done.redirect_to));
      const userinfo = await browser.fetch('/userinfo', { headers: { Authorization: `Bearer ${String((body as { access_token?: string }).access_token)}` } });
      assert.equal((userinfo.body as Record<string, unknown>)['preferred_username'], name);
    });
  });
}

describe('an app that wants a username of everybody who signs up', () => {
  let service: Portico;
  before(async () => {
    service = await startWithUsernames({}, { isOn: true, atSignUp: 'required' });
  });
  after(() => service.close());

  test('takes no password without one, and lets nobody skip the step', async () => {
    const browser = await atSetPassword(service, 'must@example.test');
    const view = isAt((await browser.look()).body, 'set-password');
    assert.deepEqual([view.username, view.may_skip], ['required', false]);
    assert.deepEqual((await browser.act('submit-password', { password: goodPassword })).body.errors, [{ path: 'username', code: 'field_missing' }]);
    assert.equal((await browser.act('skip')).body.code, 'action_not_allowed');
    isDone(await settle(browser, await browser.act('submit-password', { password: goodPassword, username: 'must.have' })));
  });
});

describe('an app without usernames', () => {
  test('reads none, asks for none, and takes none', async () => {
    const service = await startWithUsernames({}, { isOn: false, atSignUp: 'no' });
    try {
      const browser = await atSetPassword(service, 'none@example.test');
      assert.equal(isAt((await browser.look()).body, 'set-password').username, undefined);
      assert.equal((await browser.act('submit-password', { password: goodPassword, username: 'some.name' })).body.code, 'field_unknown');
    } finally {
      await service.close();
    }
  });

  test('says itself which names are reserved', async () => {
    const service = await startWithUsernames({}, { isOn: true, atSignUp: 'optional', reserved: ['notes', 'the-boss'] });
    try {
      const browser = await atSetPassword(service, 'own@example.test');
      for (const username of ['Notes', 'the.boss']) assert.equal((await browser.act('submit-password', { password: goodPassword, username })).body.code, 'username_taken');
      isDone(await settle(browser, await browser.act('submit-password', { password: goodPassword, username: 'admin' })));
    } finally {
      await service.close();
    }
  });

  test('is not taken at its word where it wants usernames that nobody could choose or type', async () => {
    await assert.rejects(startWithUsernames({}, { isOn: false, atSignUp: 'optional' }), /username\.isOn is not true/);
    await assert.rejects(startWithUsernames({ auth: { methods: [emailCode()] } }), /no password\(\)/);
    await assert.rejects(startWithUsernames({ auth: { methods: [passkey()] } }, { isOn: true, atSignUp: 'no' }), /no first field/);
  });
});

describe('an app where only an SMS replaces a password', () => {
  test('sends one to whoever recovers by a username, and names it at the password', async () => {
    const service = await startWithUsernames({ app: { preferences: { recovery: { by: ['sms'] } } } });
    try {
      await signUpAs(service, 'sms.only', 'sms.only@example.test');
      const { browser, view } = await identified(service, 'sms.only');
      assert.equal(isAt(view, 'enter-password').reset_with, 'sms-code');
      assert.equal(isAt((await browser.act('choose-method', { method: 'sms-code', wants_new_password: true })).body, 'enter-code').method, 'sms-code');
      service.clock.advance(120);
      assert.equal(isAt((await identified(service, 'sms.only', { kind: 'recover' })).view, 'enter-code').method, 'sms-code');
      const { view: byAddress } = await identified(service, 'sms.only@example.test');
      assert.equal(isAt(byAddress, 'enter-password').reset_with, undefined, 'a mail would not');
    } finally {
      await service.close();
    }
  });
});

describe('an app with codes and usernames, and no passwords', () => {
  for (const methods of [[emailCode()], [smsCode({ countries: ['DE'] })]]) {
    test(`sends the code as soon as a name is typed (${String(methods[0]?.method)})`, async () => {
      const service = await startWithUsernames({ auth: { methods } }, { isOn: true, atSignUp: 'no' });
      try {
        const [email, number] = ['coded@example.test', '+4915100000001'];
        const browser = new Browser(service);
        const isMail = methods[0]?.method === 'email-code';
        await browser.startFlow({ create_new_user: true });
        await browser.act('submit-identifier', { identifier: isMail ? email : number });
        await service.deliver();
        const last = (): string | undefined => (isMail ? service.inbox.lastCode(email) : service.inbox.lastSmsCode(number));
        isDone((await browser.act('submit-answer', { answer: last() })).body);
        const userId = (await service.auth.listAuditEvents()).find(({ kind }) => kind === 'user_created')?.userId ?? '';
        assert.equal(await service.auth.setUsername({ owner: { userId }, username: 'coded.one', by: 'desk' }), 'set');
        service.clock.advance(120_000);
        const { browser: next, view } = await identified(service, 'Coded.One');
        assert.deepEqual([isAt(view, 'enter-code').method, isAt(view, 'enter-code').sent_to], [isMail ? 'email-code' : 'sms-code', 'Coded.One']);
        await service.deliver();
        isDone((await next.act('submit-answer', { answer: last() })).body);
      } finally {
        await service.close();
      }
    });
  }
});
