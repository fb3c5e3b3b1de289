import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createAuth, devInbox, emailCode, password, sqlite, type AuthOptions } from '../src/index.ts';
import { Browser, isAt, isDone, isProblem, type FlowBody, type Reply } from './browser.ts';
import { engines } from './engines.ts';
import { askedForPassword, goodPassword, otherPassword, settle, signUp, startWithPasswords, tryPassword, typeCode } from './password-scene.ts';
import { claimsOf, codeIn, relyingParty } from './relying-party.ts';
import { startPortico, webClient, type Portico } from './start-portico.ts';

for (const engine of engines) {
  describe(`signing up and in with a password (${engine})`, () => {
    let service: Portico;
    before(async () => {
      service = await startWithPasswords({ engine });
    });
    after(() => service.close());

    let people = 0;
    const person = (): string => `pw-${(people += 1)}@example.test`;
    const mailsTo = (address: string): number => service.inbox.list().filter(({ to }) => to === address).length;

    test('who signs up answers a mail, sets a password and signs in with it afterwards, without a mail', async () => {
      const party = relyingParty(service);
      const email = person();
      const first = new Browser(service);
      await first.startFlow({ kind: 'sign-up', create_new_user: true, ...party.request });
      isAt((await first.act('submit-identifier', { identifier: email })).body, 'enter-code');
      const view = isAt(await typeCode(first, email, service), 'set-password');
      assert.deepEqual(
        [view.reason, view.identifier, view.may_skip, view.rules],
        ['sign-up', email, true, { min_length: 15, max_length: 256, required_kinds: [], refuses_guessable: true }],
      );
      const up = isDone(await settle(first, await first.act('submit-password', { password: goodPassword })));
      assert.equal(up.new_user, true);
      const made = claimsOf((await party.exchange(codeIn(up.redirect_to))).body.id_token);
      assert.deepEqual([made['amr'], made['acr']], [['email', 'otp'], 'single'], 'to make a password up proves nothing');

      await service.deliver();
      const mails = mailsTo(email);
      const again = await askedForPassword(service, email, party.request);
      const done = isDone(await settle(again, await again.act('submit-password', { password: goodPassword })));
      assert.equal(done.new_user, false);
      const claims = claimsOf((await party.exchange(codeIn(done.redirect_to))).body.id_token);
      assert.deepEqual([claims['amr'], claims['acr']], [['pwd'], 'single']);
      await service.deliver();
      assert.equal(mailsTo(email), mails);
    });

    test('the password step names the other ways of the app, and the way back of who forgot theirs', async () => {
      const browser = await askedForPassword(service, person());
      const view = isAt((await browser.look()).body, 'enter-password');
      assert.deepEqual([view.reset_with, view.other_methods], ['email-code', ['passkey', 'email-code', 'magic-link']]);
      isAt((await browser.act('choose-method', { method: 'passkey' })).body, 'use-passkey');
      isAt((await browser.act('choose-method', { method: 'password' })).body, 'enter-password');
      const mailed = isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code');
      assert.ok(mailed.other_methods.includes('password'));
      isAt((await browser.act('go-back')).body, 'identify');
    });

    test('a user, a stranger, one without a password and one with it all see the same for a wrong one', async () => {
      const [member, bare, stranger] = [person(), person(), person()];
      await signUp(service, member);
      const skipper = new Browser(service);
      await skipper.startFlow({ kind: 'sign-up', create_new_user: true });
      await skipper.act('submit-identifier', { identifier: bare });
      isAt(await typeCode(skipper, bare, service), 'set-password');
      isDone(await settle(skipper, await skipper.act('skip')));
      const answers = [];
      for (const email of [member, bare, stranger]) {
        const reply = await tryPassword(service, email, otherPassword);
        assert.deepEqual(reply.body.errors, [{ path: 'password', code: 'password_wrong' }]);
        answers.push(JSON.stringify([reply.status, reply.body]).replaceAll(email, 'x').replaceAll(/"(request_id|flow_expires_at)":"[^"]*"/g, ''));
      }
      assert.equal(new Set(answers).size, 1, answers.join('\n'));
    });

    test('nobody is made by a password, whatever was asked for', async () => {
      const email = person();
      const browser = await askedForPassword(service, email, { create_new_user: true });
      isProblem(await browser.act('submit-password', { password: goodPassword }), 422, 'password_wrong');
      isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code');
      const view = isAt(await typeCode(browser, email, service), 'set-password');
      assert.equal(view.reason, 'sign-up');
      isDone(await settle(browser, await browser.act('submit-password', { password: goodPassword })));
      assert.equal((await tryPassword(service, email, goodPassword)).status, 200);
    });

    test('every rule that a new password breaks is named at once, and the step stays', async () => {
      const strict = await startWithPasswords({ engine, passwords: { requiredKinds: ['lowercase', 'uppercase', 'digit', 'symbol'], minLength: 16 } });
      const browser = new Browser(strict);
      await browser.startFlow({ kind: 'sign-up', create_new_user: true });
      await browser.act('submit-identifier', { identifier: 'rules@example.test' });
      const view = isAt(await typeCode(browser, 'rules@example.test', strict), 'set-password');
      assert.deepEqual(view.rules, { min_length: 16, max_length: 256, required_kinds: ['lowercase', 'uppercase', 'digit', 'symbol'], refuses_guessable: true });
      const codes = async (typed: string): Promise<readonly string[]> => {
        const problem = isProblem(await browser.act('submit-password', { password: typed }), 422, 'password_refused');
        assert.equal(problem.flow?.step, 'set-password');
        assert.ok(problem.errors?.every(({ path }) => path === 'password'));
        return problem.errors?.map(({ code }) => code) ?? [];
      };
      assert.deepEqual(await codes('password'), ['password_too_short', 'password_lacks_uppercase', 'password_lacks_digit', 'password_lacks_symbol', 'password_guessable']);
      assert.deepEqual(await codes(''), ['password_too_short', 'password_lacks_lowercase', 'password_lacks_uppercase', 'password_lacks_digit', 'password_lacks_symbol', 'password_guessable']);
      assert.deepEqual(await codes('x'.repeat(257)), ['password_too_long']);
      assert.deepEqual(await codes('Rules@Example.Test1'), ['password_personal']);
      isAt((await browser.act('submit-password', { password: 'Fünf Öltanks & 7 Zebras' })).body, 'enroll-passkey');
      const { methods } = (await browser.fetch('/preferences?client_id=notes-web')).body as { methods: readonly { name: string; rules?: unknown }[] };
      assert.deepEqual(methods.find(({ name }) => name === 'password')?.rules, view.rules);
      await strict.close();
    });

    test('a password is taken as it is typed: accents in either form, blanks, and every character to the end', async () => {
      const email = person();
      const typed = ` Pâté für ${'é'.repeat(60)} 🦭 und mehr `;
      await signUp(service, email, typed.normalize('NFC'));
      assert.equal((await tryPassword(service, email, typed.normalize('NFD'))).status, 200);
      for (const other of [typed.trim(), typed.toLowerCase(), `${typed.slice(0, -2)}x `, typed.replace('🦭', '\uFFFD')]) {
        assert.equal((await tryPassword(service, email, other)).body.code, 'password_wrong', other);
      }
    });

    test('what is no text, or longer than any password, is refused before anything is hashed or counted', async () => {
      const email = person();
      await signUp(service, email);
      const browser = await askedForPassword(service, email);
      for (let tries = 0; tries < 12; tries += 1) {
        isProblem(await browser.act('submit-password', { password: 'é'.repeat(257 + tries) }), 422, 'password_wrong');
        isProblem(await browser.act('submit-password', { password: 'x'.repeat(2_001) }), 400, 'field_invalid');
        isProblem(await browser.act('submit-password', { password: `${goodPassword}\u0000` }), 400, 'field_invalid');
        isProblem(await browser.act('submit-password', { password: `${goodPassword}\uD800` }), 400, 'field_invalid');
      }
      assert.equal((await browser.act('submit-password', { password: goodPassword })).status, 200);
    });

    test('a password is good for its own user’s flow alone', async () => {
      const [mine, theirs] = [person(), person()];
      await signUp(service, mine);
      await signUp(service, theirs, otherPassword);
      assert.equal((await tryPassword(service, theirs, goodPassword)).body.code, 'password_wrong');
      const browser = await askedForPassword(service, theirs);
      await browser.act('go-back');
      await browser.act('submit-identifier', { identifier: mine });
      isProblem(await browser.act('submit-password', { password: otherPassword }), 422, 'password_wrong');
    });

    test('after five wrong passwords the address is locked, however it is written and in whatever flow', async () => {
      const email = person();
      await signUp(service, email);
      const tries: Reply<FlowBody>[] = [];
      for (const spelling of [email, email.toUpperCase(), ` ${email}`, `${email} `, email]) {
        const browser = new Browser(service);
        await browser.startFlow();
        await browser.act('submit-identifier', { identifier: spelling });
        tries.push(await browser.act('submit-password', { password: otherPassword }));
      }
      assert.deepEqual(tries.map(({ body }) => body.code), [...Array.from({ length: 4 }, () => 'password_wrong'), 'too_many_attempts']);
      const browser = await askedForPassword(service, email);
      const locked = isProblem(await browser.act('submit-password', { password: goodPassword }), 429, 'too_many_attempts');
      assert.ok((locked.retry_after_seconds ?? 0) > 50);
      const view = isAt((await browser.look()).body, 'blocked');
      assert.deepEqual(view.other_methods, ['passkey', 'email-code', 'magic-link']);
      service.clock.advance(61);
      assert.equal((await tryPassword(service, email, goodPassword)).status, 200);
      // A right one forgets the wrong ones.
      assert.equal((await tryPassword(service, email, otherPassword)).body.code, 'password_wrong');
    });

    test('the lock of a stranger’s address looks the same, and a locked person still gets in by mail', async () => {
      const [email, stranger] = [person(), person()];
      await signUp(service, email);
      for (const address of [email, stranger]) {
        const browser = await askedForPassword(service, address);
        const codes: unknown[] = [];
        for (let tries = 0; tries < 5; tries += 1) codes.push((await browser.act('submit-password', { password: otherPassword })).body.code);
        assert.deepEqual(codes, ['password_wrong', 'password_wrong', 'password_wrong', 'password_wrong', 'too_many_attempts']);
        const view = isAt((await browser.look()).body, 'blocked');
        assert.deepEqual([view.reason, view.retry_after_seconds], ['too_many_attempts', 60]);
        isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code');
        if (address === email) isDone(await settle(browser, { body: await typeCode(browser, address, service) }));
      }
    });

    test('who forgot theirs answers a mail and sets another: the old one ends, and so do lock and sessions', async () => {
      const email = person();
      const elsewhere = await signUp(service, email);
      const browser = await askedForPassword(service, email);
      for (let tries = 0; tries < 5; tries += 1) await browser.act('submit-password', { password: otherPassword });
      const back = await askedForPassword(service, email);
      service.clock.advance(3_700);
      isProblem(await back.look(), 410, 'flow_expired');
      const fresh = await askedForPassword(service, email);
      isAt((await fresh.act('choose-method', { method: 'email-code', wants_new_password: true })).body, 'enter-code');
      const view = isAt(await typeCode(fresh, email, service), 'set-password');
      assert.deepEqual([view.reason, view.identifier], ['forgotten', email]);
      const signIn = isAt((await fresh.act('submit-password', { password: otherPassword })).body, 'enter-password');
      assert.deepEqual([signIn.kind, signIn.identifier, signIn.has_new_password], ['sign-in', email, true]);
      assert.equal((await elsewhere.fetch('/account/v1/sessions')).status, 401);
      isDone(await settle(fresh, await fresh.act('submit-password', { password: otherPassword })));
      assert.equal((await fresh.fetch('/account/v1/sessions')).status, 200);
      await service.deliver();
      assert.match(service.inbox.last(email)?.subject ?? '', /new password/i);
      assert.equal((await tryPassword(service, email, goodPassword)).body.code, 'password_wrong');
      assert.equal((await tryPassword(service, email, otherPassword)).status, 200);
    });

    test('who has none yet gets one in the same way', async () => {
      const email = person();
      const browser = new Browser(service);
      await browser.startFlow({ kind: 'sign-up', create_new_user: true });
      await browser.act('submit-identifier', { identifier: email });
      await typeCode(browser, email, service);
      isDone(await settle(browser, await browser.act('skip')));
      service.clock.advance(60);
      const again = await askedForPassword(service, email);
      await again.act('choose-method', { method: 'email-code', wants_new_password: true });
      assert.equal(isAt(await typeCode(again, email, service), 'set-password').may_skip, false);
      isAt((await again.act('submit-password', { password: goodPassword })).body, 'enter-password');
      assert.equal((await tryPassword(service, email, goodPassword)).status, 200);
    });

    test('a plain sign-in by mail offers no password, and remembering it takes the wish back', async () => {
      const email = person();
      await signUp(service, email);
      service.clock.advance(60);
      const plain = await askedForPassword(service, email);
      await plain.act('choose-method', { method: 'email-code' });
      isDone(await settle(plain, { body: await typeCode(plain, email, service) }));
      service.clock.advance(60);
      const browser = await askedForPassword(service, email);
      await browser.act('choose-method', { method: 'email-code', wants_new_password: true });
      await browser.act('choose-method', { method: 'password' });
      isDone(await settle(browser, await browser.act('submit-password', { password: goodPassword })));
    });

    test('the link of the mail leads to the new password as well, in the window that waits', async () => {
      const email = person();
      await signUp(service, email);
      service.clock.advance(60);
      const browser = await askedForPassword(service, email);
      await browser.act('choose-method', { method: 'magic-link', wants_new_password: true });
      await service.deliver();
      const secret = service.inbox.lastLink(email)?.split('/').at(-1) ?? '';
      assert.equal((await browser.postForm('/link', { secret, here: '1' })).status, 409, 'what follows is not on that page');
      assert.equal((await browser.postForm('/link', { secret })).status, 200);
      isAt((await browser.act('approve')).body, 'set-password');
      const view = isAt((await browser.look()).body, 'set-password');
      assert.equal(view.reason, 'forgotten');
      assert.equal(browser.cookies.size > 0, true);
      isAt((await browser.act('submit-password', { password: otherPassword })).body, 'enter-password');
      assert.equal((await tryPassword(service, email, otherPassword)).status, 200);
    });

    test('going back drops the proof: nobody sets a password without a mail of their own', async () => {
      const [mine, theirs] = [person(), person()];
      await signUp(service, mine);
      await signUp(service, theirs);
      service.clock.advance(60);
      const browser = await askedForPassword(service, mine);
      await browser.act('choose-method', { method: 'email-code', wants_new_password: true });
      isAt(await typeCode(browser, mine, service), 'set-password');
      for (const action of ['go-back', 'restart', 'submit-identifier', 'choose-method']) {
        isProblem(await browser.act(action, action === 'submit-identifier' ? { identifier: theirs } : action === 'choose-method' ? { method: 'password' } : {}), 409, 'action_not_allowed');
      }
      const other = await askedForPassword(service, mine);
      await other.act('choose-method', { method: 'email-code', wants_new_password: true });
      assert.equal(isAt((await other.act('go-back')).body, 'identify').kind, 'recover');
      const asked = isAt((await other.act('submit-identifier', { identifier: theirs })).body, 'enter-code');
      assert.deepEqual([asked.kind, asked.sent_to], ['recover', theirs]);
      assert.equal(isAt((await other.act('choose-method', { method: 'password' })).body, 'enter-password').kind, 'sign-in');
      isDone(await settle(other, await other.act('submit-password', { password: goodPassword })));
    });

    test('fifty at once: of wrong passwords no more are judged than it takes to lock, and of new ones one is set', async () => {
      const email = person();
      await signUp(service, email);
      const browser = await askedForPassword(service, email);
      const wrong = await Promise.all(Array.from({ length: 50 }, (_, at) => browser.act('submit-password', { password: `${otherPassword} ${at}` })));
      for (const { status, text } of wrong) assert.ok(status < 500, text);
      assert.equal(wrong.filter(({ body }) => body.code === 'password_wrong').length, 4);
      isProblem(await (await askedForPassword(service, email)).act('submit-password', { password: goodPassword }), 429, 'too_many_attempts');
      const fresh = await askedForPassword(service, email);
      await fresh.act('choose-method', { method: 'email-code', wants_new_password: true });
      isAt(await typeCode(fresh, email, service), 'set-password');
      const set = await Promise.all(Array.from({ length: 50 }, (_, at) => fresh.act('submit-password', { password: `${otherPassword} Nr. ${at}` })));
      for (const { status, text } of set) assert.ok(status < 500, text);
      const winner = set.findIndex(({ status }) => status === 200);
      assert.deepEqual(set.filter(({ status }) => status === 200).length, 1);
      // Those that come late are answers at the next step, and wrong ones.
      assert.match((await fresh.look()).body.step, /^(enter-password|blocked)$/);
      service.clock.advance(61);
      assert.equal((await tryPassword(service, email, `${otherPassword} Nr. ${winner}`)).status, 200);
    });
  });
}

describe('an app and its passwords', () => {
  const turnedOn = (settings: object): object => ({ preferences: { methods: { password: { isOn: true, ...settings } } } });
  const refused = (settings: object, methods: AuthOptions['methods'] = [emailCode()]): Promise<unknown> => createAuth({
    issuer: 'http://localhost:1', store: sqlite(':memory:'), secret: 'the-secret-of-a-host-that-only-tests-know', methods, mailer: devInbox(),
    apps: [{ id: 'notes', name: 'Notes', clients: [webClient('http://localhost:1')], ...turnedOn(settings) }],
  });

  test('they are off unless somebody turns them on, and the step is not there', async () => {
    const service = await startPortico();
    const browser = new Browser(service);
    await browser.startFlow({ create_new_user: true });
    isProblem(await browser.act('choose-method', { method: 'password' }), 403, 'method_disabled');
    isAt((await browser.act('submit-identifier', { identifier: 'off@example.test' })).body, 'enter-code');
    isProblem(await browser.act('submit-password', { password: goodPassword }), 409, 'action_not_allowed');
    await service.close();
  });

  test('one app turns them on by its preferences, within bounds', async () => {
    const service = await startPortico({ auth: { methods: [emailCode()] }, app: turnedOn({ minLength: 8, refusesGuessable: false }) });
    const browser = new Browser(service);
    const view = isAt((await browser.startFlow()).body, 'identify');
    assert.deepEqual(view.methods, ['password', 'email-code']);
    await service.close();
    await assert.rejects(refused({ minLength: 7 }), /minLength/);
    await assert.rejects(refused({ minLength: 65 }), /minLength/);
    await assert.rejects(refused({ lockoutTiers: [] }), /lockoutTiers/);
    await assert.rejects(refused({ lockoutTiers: [{ attempts: 101, lockSeconds: 60 }] }), /100 attempts/);
  });

  test('without a mail beside them the service refuses to start, and says why', async () => {
    await assert.rejects(refused({}, [password()]), /"notes" has passwords on, but neither emailCode\(\) nor magicLink\(\)/);
  });
});
