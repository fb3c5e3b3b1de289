/** What an app asks of passwords beyond their making: history, age, words of the host, tallies, leaks. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test, type TestContext } from 'node:test';
import { createAuth, devInbox, emailCode, magicLink, passkey, password, smsCode, sqlite, totp, type AuthOptions, type BreachRangeOptions, type ClientOptions, type OpenStore } from '../src/index.ts';
import { Browser, isAt, isDone, isProblem, type FlowBody } from './browser.ts';
import { changePhone } from './contact-scene.ts';
import { engines, openerOf } from './engines.ts';
import { addOwner, nextDigits, passedPassword, startWithMfa, wrongDigits } from './mfa-scene.ts';
import { askedForPassword, goodPassword, otherPassword, quickPassword, settle, signUp, startWithPasswords, tryPassword, typeCode, type PasswordSceneOptions } from './password-scene.ts';
import { numberOf } from './sms-scene.ts';
import { startPortico, type Portico } from './start-portico.ts';

const thirdPassword = 'sieben Igel auf dem Dach';
const day = 86_400;

/** What is refused before anything is opened needs no more. */
const plain: AuthOptions = {
  issuer: 'http://localhost:3000', store: sqlite(':memory:'), secret: 'a secret of a host that only this test knows of', methods: [emailCode()], mailer: devInbox(),
  apps: [{ id: 'notes', name: 'Notes', clients: [] }],
};

for (const engine of engines) {
  describe(`passwords that have to be replaced (${engine})`, () => {
    let store: OpenStore;
    let service: Portico;
    before(async () => {
      service = await startWithPasswords({
        engine, passwords: { history: 3, maxAgeDays: 30 }, auth: { store: { open: async () => (store = await openerOf(engine).open()) } },
      });
    });
    after(() => service.close());

    let people = 0;
    const person = (): string => `policy-${(people += 1)}@example.test`;
    const audited = async (kind: string) => (await store.audit.list(50)).filter((event) => event.kind === kind);

    test('an expired one leads to a new one before the flow ends, and cannot be skipped', async () => {
      const email = person();
      await signUp(service, email);
      service.clock.advance(30 * day);
      const browser = await askedForPassword(service, email);
      const view = isAt((await browser.act('submit-password', { password: goodPassword })).body, 'set-password');
      assert.deepEqual([view.reason, view.may_skip, view.rules.refuses_last], ['expired', false, 3]);
      isProblem(await browser.act('skip'), 409, 'action_not_allowed');
      assert.equal(browser.cookies.has('portico-session'), false);
      const same = isProblem(await browser.act('submit-password', { password: goodPassword }), 422, 'password_refused');
      assert.deepEqual(same.errors, [{ path: 'password', code: 'password_used_before' }]);
      isDone(await settle(browser, await browser.act('submit-password', { password: otherPassword })));
      isDone(await settle(browser, await tryPassword(service, email, otherPassword)));
    });

    /** Whose password has to be replaced, and the offer of a passkey comes again after it. */
    const demandOf = async () => {
      const email = person();
      await signUp(service, email);
      service.clock.advance(31 * day);
      await service.auth.demandNewPassword({ owner: { email }, demandedBy: 'ops' });
      return email;
    };
    const replacing = async (email: string) => {
      const browser = await askedForPassword(service, email);
      isAt((await browser.act('submit-password', { password: goodPassword })).body, 'set-password');
      return browser;
    };

    test('however long they think of the new one, it ends the flow, and the other flows that the old one opened are over', async () => {
      const email = await demandOf();
      const [first, second] = [await replacing(email), await replacing(email)];
      service.clock.advance(120);
      isAt((await first.act('submit-password', { password: otherPassword })).body, 'enroll-passkey');
      isProblem(await second.act('submit-password', { password: thirdPassword }), 401, 'flow_unknown');
      service.clock.advance(120);
      isDone((await first.act('skip')).body);
    });

    test('a new one that is itself replaced before its flow ends opens nothing', async () => {
      const email = await demandOf();
      const browser = await replacing(email);
      isAt((await browser.act('submit-password', { password: otherPassword })).body, 'enroll-passkey');
      service.clock.advance(1);
      assert.ok(await service.auth.giveTemporaryPassword({ owner: { email }, issuedBy: 'desk' }));
      isProblem(await browser.act('skip'), 401, 'flow_unknown');
      assert.equal(browser.cookies.has('portico-session'), false);
    });

    test('a mail that is answered beside an expired one leads past it no more than the password did', async () => {
      const email = person();
      await signUp(service, email);
      service.clock.advance(31 * day);
      const browser = await askedForPassword(service, email);
      isAt((await browser.act('submit-password', { password: goodPassword })).body, 'set-password');
      for (const action of ['choose-method', 'approve', 'go-back', 'restart', 'submit-answer', 'enroll']) {
        assert.notEqual((await browser.act(action, { method: 'email-code', answer: '123456' })).body.step, 'done');
        isAt((await browser.look()).body, 'set-password');
      }
      // Another way in asks for no password, so that nobody is shut out by an old one.
      const mailed = await askedForPassword(service, email);
      isAt((await mailed.act('choose-method', { method: 'email-code' })).body, 'enter-code');
      isDone(await settle(mailed, { body: await typeCode(mailed, email, service) }));
    });

    test('the last three are refused, the present one among them, and the one before those is free', async () => {
      const email = person();
      const browser = await signUp(service, email);
      const change = (wanted: string, current: string) => browser.fetch('/account/v1/password', postOf(service, { client_id: 'notes-web', current_password: current, new_password: wanted }));
      assert.equal((await change(otherPassword, goodPassword)).status, 204);
      service.clock.advance(60);
      assert.equal((await change(thirdPassword, otherPassword)).status, 204);
      service.clock.advance(60);
      for (const used of [goodPassword, otherPassword, thirdPassword]) {
        const refused = await change(used, thirdPassword);
        assert.deepEqual((refused.body as FlowBody).errors, [{ path: 'new_password', code: 'password_used_before' }], used);
      }
      assert.equal((await change('vier Züge fahren nie nach Rom', thirdPassword)).status, 204);
      assert.equal((await change(goodPassword, 'vier Züge fahren nie nach Rom')).status, 204);
    });

    test('one that the host wants replaced signs nobody in as it is, and it is audited who said so', async () => {
      const email = person();
      await signUp(service, email);
      assert.equal(await service.auth.demandNewPassword({ owner: { email }, demandedBy: 'ops@example.test' }), true);
      assert.equal(await service.auth.demandNewPassword({ owner: { email: person() }, demandedBy: 'ops@example.test' }), false);
      await assert.rejects(service.auth.demandNewPassword({ owner: { email }, demandedBy: ' ' }), /demandedBy/);
      const [event] = await audited('password_demanded');
      assert.equal(event?.detail?.['by'], 'ops@example.test');
      const browser = await askedForPassword(service, email);
      assert.equal(isAt((await browser.act('submit-password', { password: goodPassword })).body, 'set-password').reason, 'demanded');
      isDone(await settle(browser, await browser.act('submit-password', { password: otherPassword })));
      assert.notEqual((await tryPassword(service, email, otherPassword)).body.step, 'set-password');
    });

    test('the second factor is asked before an expired one is replaced, and whoever does not have it replaces nothing', async () => {
      const mfa = await startWithMfa({ engine, app: { preferences: { methods: { password: { maxAgeDays: 30 } } } } });
      try {
        const { email, secret } = await addOwner(mfa, person());
        await mfa.setPolicy('required');
        mfa.clock.advance(31 * day);
        const browser = await passedPassword(mfa, email);
        isAt((await browser.look()).body, 'enter-totp');
        isProblem(await browser.act('submit-password', { password: otherPassword }), 409, 'action_not_allowed');
        isProblem(await browser.act('skip'), 409, 'action_not_allowed');
        isProblem(await browser.act('submit-answer', { answer: wrongDigits(secret, mfa) }), 422, 'totp_wrong');
        const view = isAt((await browser.act('submit-answer', { answer: nextDigits(secret, mfa) })).body, 'set-password');
        assert.equal(view.reason, 'expired');
        assert.equal(browser.cookies.has('portico-session'), false);
        isDone(await settle(browser, await browser.act('submit-password', { password: otherPassword })));
      } finally {
        await mfa.close();
      }
    });

    test('the one to be replaced is refused where the app remembers none, in the flow, on the account page and after a recovery', async () => {
      const forgetful = await startWithPasswords({ engine });
      try {
        const email = person();
        const signedIn = await signUp(forgetful, email);
        await forgetful.auth.demandNewPassword({ owner: { email }, demandedBy: 'ops' });
        const same = { client_id: 'notes-web', current_password: goodPassword, new_password: goodPassword };
        assert.deepEqual((await signedIn.post('/account/v1/password', same)).body.errors, [{ path: 'new_password', code: 'password_used_before' }]);
        const browser = await askedForPassword(forgetful, email);
        const view = isAt((await browser.act('submit-password', { password: goodPassword })).body, 'set-password');
        assert.equal(view.rules.refuses_last, 1, 'it is said before anything is typed');
        isProblem(await browser.act('submit-password', { password: goodPassword }), 422, 'password_refused');
        const recovering = new Browser(forgetful);
        forgetful.clock.advance(61);
        await recovering.askForMail(email, { kind: 'recover' });
        isAt(await typeCode(recovering, email, forgetful), 'set-password');
        isProblem(await recovering.act('submit-password', { password: goodPassword }), 422, 'password_refused');
      } finally {
        await forgetful.close();
      }
    });

    test('a temporary one is told once, ends what the old one opened, and has to be replaced when it is used', async () => {
      const email = person();
      const before = await signUp(service, email);
      const halfWay = await askedForPassword(service, email);
      const given = await service.auth.giveTemporaryPassword({ owner: { email }, issuedBy: 'support@example.test', lifetimeSeconds: 3_600 });
      assert.ok(given);
      assert.match(given.password, /^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
      assert.equal((await before.fetch('/account/v1/sessions')).status, 401);
      assert.equal((await halfWay.act('submit-password', { password: goodPassword })).body.code, 'password_wrong');
      await service.deliver();
      const notice = service.inbox.last(email);
      assert.match(notice?.subject ?? '', /^A new password was set/);
      assert.doesNotMatch(notice?.text ?? '', /Network address/, 'it came of no browser');
      assert.ok(!JSON.stringify(notice).includes(given.password));
      const [event] = await audited('temporary_password_made');
      assert.deepEqual(event?.detail, { by: 'support@example.test', lifetimeSeconds: 3_600 });
      assert.ok(!JSON.stringify([await store.audit.list(50), service.log]).includes(given.password));
      const browser = await askedForPassword(service, email);
      const view = isAt((await browser.act('submit-password', { password: given.password })).body, 'set-password');
      assert.deepEqual([view.reason, view.may_skip], ['temporary', false]);
      isProblem(await browser.act('submit-password', { password: given.password }), 422, 'password_refused');
      isDone(await settle(browser, await browser.act('submit-password', { password: otherPassword })));
      assert.equal((await tryPassword(service, email, given.password)).body.code, 'password_wrong');
      assert.equal((await tryPassword(service, email, otherPassword)).status, 200);
    });

    test('a temporary one may be typed as it was heard, and is refused as the new one however it is typed', async () => {
      const email = person();
      await signUp(service, email);
      const { password: given = '' } = (await service.auth.giveTemporaryPassword({ owner: { email }, issuedBy: 'support' })) ?? {};
      const heard = [given.toUpperCase(), ` ${given.replaceAll('-', ' ')} `, given.replaceAll('-', '').replaceAll('0', 'O').replaceAll('1', 'l')];
      for (const typed of heard) {
        const browser = await askedForPassword(service, email);
        assert.equal(isAt((await browser.act('submit-password', { password: typed })).body, 'set-password').reason, 'temporary', typed);
        const refused = isProblem(await browser.act('submit-password', { password: typed }), 422, 'password_refused');
        assert.ok(refused.errors?.some(({ code }) => code === 'password_used_before'), typed);
      }
      assert.equal((await tryPassword(service, email, given.slice(0, -1))).body.code, 'password_wrong');
      const own = `${given} and more`;
      const browser = await askedForPassword(service, email);
      await browser.act('submit-password', { password: given });
      isDone(await settle(browser, await browser.act('submit-password', { password: own })));
      assert.equal((await tryPassword(service, email, own.toUpperCase())).body.code, 'password_wrong', 'one’s own means what it says');
    });

    test('a temporary one whose time is over is answered as a wrong one', async () => {
      const email = person();
      await signUp(service, email);
      const given = await service.auth.giveTemporaryPassword({ owner: { email }, issuedBy: 'support', lifetimeSeconds: 300 });
      service.clock.advance(300);
      assert.equal((await tryPassword(service, email, given?.password ?? '')).body.code, 'password_wrong');
      assert.equal(await service.auth.giveTemporaryPassword({ owner: { email: person() }, issuedBy: 'support' }), undefined);
      await assert.rejects(service.auth.giveTemporaryPassword({ owner: { email }, issuedBy: 'support', lifetimeSeconds: 299 }), /lifetimeSeconds/);
      await assert.rejects(service.auth.giveTemporaryPassword({ owner: { email }, issuedBy: '' }), /issuedBy/);
    });
  });
}

describe('the tally of wrong passwords', () => {
  const start = (context: TestContext, passwords: PasswordSceneOptions['passwords'] = {}) => startWithPasswords({ passwords }).then((service) => (context.after(() => service.close()), service));

  test('it locks for longer tier by tier, and starts afresh when the last wrong one is long enough ago', async (t) => {
    const service = await start(t, { lockoutTiers: [{ attempts: 2, lockSeconds: 60 }, { attempts: 3, lockSeconds: 900 }], lockoutForgetSeconds: 1_800 });
    await signUp(service, 'tiers@example.test');
    const wrong = async () => (await tryPassword(service, 'tiers@example.test', otherPassword)).body;
    assert.equal((await wrong()).code, 'password_wrong');
    assert.deepEqual([await wrong()].map(({ code, retry_after_seconds: wait }) => [code, wait]), [['too_many_attempts', 60]]);
    service.clock.advance(61);
    assert.deepEqual([await wrong()].map(({ code, retry_after_seconds: wait }) => [code, wait]), [['too_many_attempts', 900]]);
    const mailed = await askedForPassword(service, 'tiers@example.test');
    isAt((await mailed.act('choose-method', { method: 'email-code' })).body, 'enter-code');
    isDone(await settle(mailed, { body: await typeCode(mailed, 'tiers@example.test', service) }));
    service.clock.advance(1_801);
    assert.equal((await wrong()).code, 'password_wrong', 'all of them are forgotten');
    assert.equal((await tryPassword(service, 'tiers@example.test', goodPassword)).status, 200);
  });

  test('an address and a number of one account have one tally, and what leads to no account has one each', async (t) => {
    const service = await startPortico({ auth: { methods: [quickPassword({ lockoutTiers: [{ attempts: 4, lockSeconds: 60 }] }), emailCode(), smsCode({ countries: ['DE'] })] } });
    t.after(() => service.close());
    const [email, number] = ['both@example.test', numberOf(1)];
    const owner = await signUp(service, email);
    await changePhone(service, owner, number);
    const codes = async (...tried: readonly string[]) => {
      const answered: unknown[] = [];
      for (const identifier of tried) answered.push((await tryPassword(service, identifier, otherPassword)).body.code);
      return answered;
    };
    const locked = ['password_wrong', 'password_wrong', 'password_wrong', 'too_many_attempts', 'too_many_attempts'];
    assert.deepEqual(await codes(email, number, email, number, email), locked);
    const [nobody, nowhere] = ['nobody@example.test', numberOf(2)];
    assert.deepEqual(await codes(nobody, nowhere, nobody, nowhere, nobody), locked.map(() => 'password_wrong'));
    service.clock.advance(61);
    assert.equal((await tryPassword(service, number, goodPassword)).status, 200);
  });

  test('bounds are kept: a lock there must be, and a memory of a quarter of an hour at least', async () => {
    for (const passwords of [{ lockoutForgetSeconds: 899 }, { lockoutTiers: [] }, { history: 25 }, { maxAgeDays: 0 }, { minLength: 7 }, { minLength: 65 }]) {
      await assert.rejects(createAuth({ ...plain, methods: [password(passwords), emailCode()] }), /createAuth/, JSON.stringify(passwords));
    }
  });
});

describe('the least length of a password', () => {
  const lengthOf = async (t: TestContext, preferences: object, passwords: PasswordSceneOptions['passwords'] = {}): Promise<number> => {
    const methods = [passkey(), quickPassword(passwords), emailCode(), magicLink(), totp()];
    const service = await startPortico({ auth: { methods }, app: { preferences } });
    t.after(() => service.close());
    const { body } = await new Browser(service).fetch('/preferences?client_id=notes-web');
    const { methods: shown } = body as { methods: readonly { name: string; rules?: { min_length: number } }[] };
    return shown.find(({ name }) => name === 'password')?.rules?.min_length ?? 0;
  };

  test('it is eight where a second factor is certain, and fifteen where a device may spare it or nobody asks', async (t) => {
    assert.equal(await lengthOf(t, { mfa: { policy: 'required' } }), 8);
    assert.equal(await lengthOf(t, { mfa: { policy: 'required', rememberDevice: { days: 30 } } }), 15);
    assert.equal(await lengthOf(t, { mfa: { policy: 'adaptive' } }), 15);
    assert.equal(await lengthOf(t, {}), 15);
  });

  test('what the host or the app says goes before it', async (t) => {
    assert.equal(await lengthOf(t, { mfa: { policy: 'required' } }, { minLength: 12 }), 12);
    assert.equal(await lengthOf(t, { mfa: { policy: 'required' }, methods: { password: { minLength: 20 } } }), 20);
  });

  test('sixty-four characters and more are taken', async (t) => {
    const service = await startWithPasswords();
    t.after(() => service.close());
    const long = `${'ein Seehund wohnt im Turm und '.repeat(9).slice(0, 255)}!`;
    for (const typed of [long.slice(0, 64), long]) {
      const email = `long-${typed.length}@example.test`;
      await signUp(service, email, typed);
      assert.equal((await tryPassword(service, email, typed)).status, 200);
    }
  });
});

const flowBody = ({ body }: { readonly body: unknown }): FlowBody => body as FlowBody;

const postOf = (service: Portico, body: object, origin = service.origin): RequestInit => ({
  method: 'POST', headers: { 'Content-Type': 'application/json', 'Origin': origin }, body: JSON.stringify(body),
});

describe('changing a password while signed in', () => {
  let service: Portico;
  before(async () => {
    service = await startWithPasswords();
  });
  after(() => service.close());
  const change = (browser: Browser, body: object, origin = service.origin) => browser.fetch('/account/v1/password', postOf(service, { client_id: 'notes-web', ...body }, origin));

  test('the current one is enough: other sessions end, this one stays, and its owner is told by mail', async () => {
    const email = 'own@example.test';
    const own = await signUp(service, email);
    const other = await askedForPassword(service, email);
    isDone(await settle(other, await other.act('submit-password', { password: goodPassword })));
    const halfWay = await askedForPassword(service, email);
    assert.equal((await change(own, { current_password: goodPassword, new_password: otherPassword })).status, 204);
    assert.equal((await own.fetch('/account/v1/sessions')).status, 200);
    assert.equal((await other.fetch('/account/v1/sessions')).status, 401);
    assert.equal((await halfWay.look()).status, 200);
    await service.deliver();
    assert.ok(service.inbox.list().some(({ to, subject }) => to === email && /password/i.test(subject)));
    assert.equal((await tryPassword(service, email, otherPassword)).status, 200);
  });

  test('a session alone is not enough once its proofs are old, and the current password still is', async () => {
    const own = await signUp(service, 'old@example.test');
    assert.equal((await change(own, { new_password: otherPassword })).status, 204, 'a recent proof');
    service.clock.advance(601);
    const refused = await change(own, { new_password: thirdPassword });
    assert.deepEqual([refused.status, (refused.body as FlowBody).code], [403, 'reauthentication_required']);
    assert.equal((await change(own, { current_password: otherPassword, new_password: thirdPassword })).status, 204);
  });

  test('wrong current ones count with those of a sign-in in the same browser, and lock here too, and no stranger', async () => {
    const own = await signUp(service, 'guess@example.test');
    const signIn = async (typed: string) => {
      await own.startFlow();
      await own.act('submit-identifier', { identifier: 'guess@example.test' });
      return (await own.act('submit-password', { password: typed })).body.code;
    };
    assert.equal(await signIn(otherPassword), 'password_wrong');
    const codes: FlowBody[] = [];
    for (let at = 0; at < 5; at += 1) codes.push(flowBody(await change(own, { current_password: otherPassword, new_password: thirdPassword })));
    assert.deepEqual(codes.map(({ code }) => code), ['password_wrong', 'password_wrong', 'password_wrong', 'too_many_attempts', 'too_many_attempts']);
    assert.equal(await signIn(goodPassword), 'too_many_attempts');
    assert.equal((await tryPassword(service, 'guess@example.test', goodPassword)).status, 200);
  });

  test('strangers who guess keep nobody from changing theirs, and the new one ends the lock', async () => {
    const email = 'besieged@example.test';
    const own = await signUp(service, email);
    for (let at = 0; at < 5; at += 1) await tryPassword(service, email, thirdPassword);
    assert.equal((await tryPassword(service, email, goodPassword)).body.code, 'too_many_attempts');
    assert.equal((await change(own, { current_password: goodPassword, new_password: otherPassword })).status, 204);
    assert.equal((await tryPassword(service, email, otherPassword)).status, 200);
  });

  test('a new one ends the lock of a known browser too, wherever it was set: by a recovery or by support', async () => {
    const email = 'own-lock@example.test';
    const own = await signUp(service, email);
    const signInHere = async (typed: string) => {
      await own.startFlow();
      await own.act('submit-identifier', { identifier: email });
      return own.act('submit-password', { password: typed });
    };
    const lockHere = async () => {
      for (let at = 0; at < 5; at += 1) await signInHere(thirdPassword);
      assert.equal((await signInHere(thirdPassword)).body.code, 'too_many_attempts');
    };
    await lockHere();
    service.clock.advance(31);
    const elsewhere = new Browser(service);
    await elsewhere.startFlow({ kind: 'recover' });
    await elsewhere.act('submit-identifier', { identifier: email });
    isAt(await typeCode(elsewhere, email, service), 'set-password');
    isAt((await elsewhere.act('submit-password', { password: otherPassword })).body, 'enter-password');
    isDone(await settle(own, await signInHere(otherPassword)));
    await lockHere();
    const given = await service.auth.giveTemporaryPassword({ owner: { email }, issuedBy: 'desk' });
    assert.ok(given);
    isAt((await signInHere(given.password)).body, 'set-password');
  });

  test('nobody without a session, and no page of another origin, changes anything', async () => {
    const own = await signUp(service, 'origin@example.test');
    assert.equal((await change(new Browser(service), { current_password: goodPassword, new_password: otherPassword })).status, 401);
    assert.equal((await change(own, { current_password: goodPassword, new_password: otherPassword }, 'https://evil.example')).status, 403);
    const short = await change(own, { current_password: goodPassword, new_password: 'kurz' });
    assert.deepEqual((short.body as FlowBody).errors?.map(({ path, code }) => [path, code]).at(0), ['new_password', 'password_too_short']);
    assert.equal((await tryPassword(service, 'origin@example.test', goodPassword)).status, 200);
  });

  test('a password manager is sent to the hosted page, or to the host’s own, whatever it sends along', async () => {
    const ask = async (at: Portico) => {
      const response = await fetch(`${at.address}/.well-known/change-password`, { redirect: 'manual', headers: { 'X-Forwarded-Host': 'evil.example' } });
      return [response.status, response.headers.get('location')];
    };
    assert.deepEqual(await ask(service), [302, `${service.issuer}/recover?client_id=notes-web`]);
    const own = await startWithPasswords({ auth: { changePasswordUrl: '/settings/password' } });
    assert.deepEqual(await ask(own), [302, '/settings/password']);
    await own.close();
    // Of several apps it is the first in the host's own order that has passwords, whatever their clients are called.
    const clientOf = (id: string): ClientOptions => ({ id, isPublic: true, redirectUris: ['https://notes.example/callback'] });
    const several = await startWithPasswords({ auth: { apps: [
      { id: 'without', name: 'Without', preferences: { methods: { password: { isOn: false } } }, clients: [clientOf('m')] },
      { id: 'zoo', name: 'Zoo', clients: [clientOf('z'), clientOf('y')] },
      { id: 'art', name: 'Art', clients: [clientOf('a')] },
    ] } });
    assert.deepEqual(await ask(several), [302, `${several.issuer}/recover?client_id=z`]);
    await several.close();
    const without = await startPortico({ auth: { methods: [emailCode()] } });
    assert.equal((await ask(without))[0], 404);
    await without.close();
    for (const changePasswordUrl of ['javascript:alert(1)', '//evil.example', 'settings']) await assert.rejects(createAuth({ ...plain, changePasswordUrl }), /changePasswordUrl/);
  });
});

describe('asking a breach-range service', () => {
  const hashOf = (typed: string): string => createHash('sha1').update(typed).digest('hex').toUpperCase();

  /** A service of its own on this machine, which knows one password and may misbehave. */
  async function rangeService(context: TestContext, answer: (leaked: string) => { readonly status?: number; readonly body?: string; readonly never?: true } = (body) => ({ body })) {
    const asked: { readonly url: string; readonly padding: string | undefined }[] = [];
    const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
      asked.push({ url: request.url ?? '', padding: request.headers['add-padding']?.toString() });
      const said = answer(`${hashOf(goodPassword).slice(5)}:12\r\n${hashOf(otherPassword).slice(5)}:0\r\n${'0'.repeat(35)}:0`);
      if (said.never === true) return;
      response.writeHead(said.status ?? 200, said.status === 302 ? { Location: '/elsewhere' } : {}).end(said.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    context.after(() => {
      server.closeAllConnections();
      server.close();
    });
    return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/range` };
  }

  async function atSignUp(context: TestContext, breachRange: BreachRangeOptions) {
    const service = await startWithPasswords({ passwords: { breachRange } });
    context.after(() => service.close());
    const browser = new Browser(service);
    await browser.startFlow({ kind: 'sign-up', create_new_user: true });
    await browser.act('submit-identifier', { identifier: 'range@example.test' });
    isAt(await typeCode(browser, 'range@example.test', service), 'set-password');
    return { service, browser };
  }

  test('a leaked one is refused by its code, and only five characters of its hash leave, with padding asked for', async (t) => {
    const { asked, url } = await rangeService(t);
    const { browser } = await atSignUp(t, { url });
    const refused = isProblem(await browser.act('submit-password', { password: goodPassword }), 422, 'password_refused');
    assert.deepEqual(refused.errors, [{ path: 'password', code: 'password_breached' }]);
    assert.deepEqual(asked, [{ url: `/range/${hashOf(goodPassword).slice(0, 5)}`, padding: 'true' }]);
    isAt((await browser.act('submit-password', { password: otherPassword })).body, 'enroll-passkey');
    assert.equal(asked.length, 2, 'a line that was never seen is padding');
  });

  for (const [what, answer] of Object.entries({
    'says an error': () => ({ status: 503, body: '' }),
    'sends elsewhere': () => ({ status: 302 }),
    'answers with a page': () => ({ body: '<html>please sign in</html>' }),
    'answers without end': () => ({ body: 'A'.repeat(600_000) }),
    'never answers': () => ({ never: true as const }),
  })) {
    test(`one that ${what} stops nobody by default, and it is logged without anything of the password`, async (t) => {
      const { url } = await rangeService(t, answer);
      const { browser, service } = await atSignUp(t, { url, timeoutMs: 200 });
      isAt((await browser.act('submit-password', { password: goodPassword })).body, 'enroll-passkey');
      const lines = service.log.filter(({ event }) => event === 'breach_check_failed');
      assert.equal(lines.length, 1);
      assert.ok(!JSON.stringify(lines).includes(hashOf(goodPassword).slice(0, 5)));
    });

    test(`one that ${what} makes a host that wants to be sure say: come again`, async (t) => {
      const { url } = await rangeService(t, answer);
      const { browser } = await atSignUp(t, { url, timeoutMs: 200, onFailure: 'refuse' });
      isProblem(await browser.act('submit-password', { password: goodPassword }), 503, 'temporarily_unavailable');
      isAt((await browser.look()).body, 'set-password');
    });
  }

  test('what could not be asked safely is refused at the start', () => {
    for (const breachRange of [{ url: 'http://ranges.example/range' }, { url: 'https://ranges.example/range/' }, { url: 'nonsense' }, { url: 'https://ranges.example/?q=' }, { timeoutMs: 99 }, { timeoutMs: 10_001 }]) {
      assert.throws(() => password({ breachRange }), /breachRange/);
    }
  });
});
