import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessCode, emailCode, magicLink, passkey, type OpenStore } from '../src/index.ts';
import { AuthError } from '../src/model/auth-error.ts';
import type { CanonicalEmail, UserId } from '../src/model/ids.ts';
import { Browser, isAt, isDone, isProblem, type FlowBody } from './browser.ts';
import { engines, openerOf } from './engines.ts';
import { askedForPassword, goodPassword, otherPassword, quickPassword, signUp } from './password-scene.ts';
import { codeIn, relyingParty } from './relying-party.ts';
import { wrongCode } from './sms-scene.ts';
import { startPortico, type Portico } from './start-portico.ts';
import { isOfBackground, watchStore } from './watch-store.ts';

for (const engine of engines) {
  describe(`signing in with a code of support (${engine})`, () => {
    let service: Portico;
    let store: OpenStore;
    let statements: string[] = [];
    before(async () => {
      store = await openerOf(engine).open();
      const watched = watchStore(store, (name) => (isOfBackground(name) ? undefined : void statements.push(name)));
      const methods = [passkey(), emailCode(), magicLink(), accessCode()];
      service = await startPortico({ auth: { methods, store: { open: () => Promise.resolve(watched) } } });
    });
    after(() => service.close());

    const member = async (email: string): Promise<UserId> => {
      await new Browser(service).signIn(email);
      service.clock.advance(31);
      const user = await store.users.findByEmail(email as CanonicalEmail);
      assert.ok(user);
      return user.id;
    };
    const issue = (userId: UserId, lifetimeSeconds?: number) =>
      service.auth.issueAccessCode({ userId, appId: 'notes', issuer: 'Eva of support', ...(lifetimeSeconds === undefined ? {} : { lifetimeSeconds }) });
    const atTheStep = async (email: string, request: Record<string, unknown> = {}): Promise<Browser> => {
      const browser = new Browser(service);
      await browser.askForMail(email, { create_new_user: false, ...request });
      isAt((await browser.act('choose-method', { method: 'access-code' })).body, 'enter-access-code');
      return browser;
    };
    const settle = async (browser: Browser, body: FlowBody): Promise<FlowBody> => (body.step === 'enroll-passkey' ? (await browser.act('skip')).body : body);

    test('a code that was issued gets its user in, once, with otp in the token, and a passkey is offered', async () => {
      const userId = await member('once@example.test');
      const { code, expiresAt } = await issue(userId);
      assert.match(code, /^\d{8}$/);
      assert.equal(expiresAt.getTime() - service.clock.now().getTime(), 900_000);
      const party = relyingParty(service);
      const browser = await atTheStep('once@example.test', party.request);
      const view = isAt((await browser.look()).body, 'enter-access-code');
      assert.deepEqual([view.code_length, view.other_methods], [8, ['passkey', 'email-code', 'magic-link']]);
      const { body } = await browser.act('submit-answer', { answer: ` ${code.slice(0, 4)}-${code.slice(4)} ` });
      const done = isDone(await settle(browser, body));
      const tokens = await party.exchange(codeIn(done.redirect_to));
      const claims = JSON.parse(Buffer.from(tokens.body.id_token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string; amr: string[]; acr: string };
      assert.deepEqual([claims.sub, claims.amr, claims.acr], [userId, ['otp'], 'single']);
      const again = await atTheStep('once@example.test');
      isProblem(await again.act('submit-answer', { answer: code }), 422, 'code_wrong');
    });

    test('who issued it is in the audit trail, twice, and the code and the issuer are not in the mail that its owner gets', async () => {
      const userId = await member('told@example.test');
      const { code } = await issue(userId);
      await service.deliver();
      const mail = service.inbox.last('told@example.test');
      assert.equal(mail?.subject, 'Support made a sign-in code for your Notes account');
      assert.equal([code, 'Eva'].some((secret) => `${mail?.text}${mail?.html}`.includes(secret)), false);
      const browser = await atTheStep('told@example.test');
      await browser.act('submit-answer', { answer: code });
      const events = (await store.audit.list(20)).filter(({ detail }) => detail?.['issuer'] === 'Eva of support').map(({ kind, userId: whose }) => [kind, whose]);
      assert.deepEqual(events.slice(0, 2), [['proved', userId], ['access_code_issued', userId]]);
      assert.equal(service.log.some((line) => JSON.stringify(line).includes(code)), false);
    });

    test('no password is set by it, not on the account page either', async () => {
      const withPasswords = await startPortico({ auth: { methods: [emailCode(), quickPassword(), accessCode()] } });
      try {
        const email = 'no-password@example.test';
        await signUp(withPasswords, email);
        withPasswords.clock.advance(31);
        const userId = (await withPasswords.auth.listAuditEvents(1, { kinds: ['user_created'] }))[0]?.userId ?? '';
        const { code } = await withPasswords.auth.issueAccessCode({ userId, appId: 'notes', issuer: 'Eva of support' });
        const browser = await askedForPassword(withPasswords, email);
        await browser.act('choose-method', { method: 'access-code' });
        isDone((await browser.act('submit-answer', { answer: code })).body);
        const headers = { 'Content-Type': 'application/json', 'Origin': withPasswords.origin };
        const change = (body: object) => browser.fetch('/account/v1/password', { method: 'POST', headers, body: JSON.stringify({ client_id: 'notes-web', new_password: otherPassword, ...body }) });
        const refused = await change({});
        assert.deepEqual([refused.status, (refused.body as FlowBody).code], [403, 'reauthentication_required']);
        assert.equal((await change({ current_password: goodPassword })).status, 204);
      } finally {
        await withPasswords.close();
      }
    });

    test('a code ends with its lifetime, and when another is issued', async () => {
      const userId = await member('late@example.test');
      const { code: first } = await issue(userId);
      const { code: second } = await issue(userId, 60);
      const browser = await atTheStep('late@example.test');
      if (first !== second) isProblem(await browser.act('submit-answer', { answer: first }), 422, 'code_wrong');
      service.clock.advance(60);
      isProblem(await browser.act('submit-answer', { answer: second }), 422, 'code_wrong');
    });

    test('a code is its user’s, and its app’s', async () => {
      const [one, other] = [await member('its@example.test'), await member('not-its@example.test')];
      const { code } = await issue(one);
      const { code: otherCode } = await issue(other);
      const browser = await atTheStep('not-its@example.test');
      if (code !== otherCode) isProblem(await browser.act('submit-answer', { answer: code }), 422, 'code_wrong');
      assert.equal(await store.accessCodes.claim({ userId: one, appId: 'elsewhere' as never }, 'x' as never, service.clock.now()), undefined);
    });

    test('of many at once one gets in', async () => {
      const { code } = await issue(await member('race@example.test'));
      const browsers: Browser[] = [await atTheStep('race@example.test')];
      for (let at = 0; at < 4; at += 1) {
        service.clock.advance(31);
        browsers.push(await atTheStep('race@example.test'));
      }
      const [first] = browsers;
      assert.ok(first);
      const replies = await Promise.all(Array.from({ length: 20 }, (_, at) => (browsers[at % browsers.length] ?? first).act('submit-answer', { answer: code })));
      assert.equal(replies.filter(({ status }) => status === 200).length, 1, replies.map(({ status, body }) => `${status} ${body.code}`).join(', '));
      assert.ok(replies.every(({ status }) => status < 500));
    });

    test('of wrong codes no more are judged than the lock lets through, and then even the right one is not', async () => {
      const { code } = await issue(await member('locked@example.test'));
      const browser = await atTheStep('locked@example.test');
      isProblem(await browser.act('submit-answer', { answer: '123' }), 422, 'code_wrong');
      const replies = await Promise.all(Array.from({ length: 20 }, () => browser.act('submit-answer', { answer: wrongCode(code) })));
      assert.ok(replies.filter(({ body }) => body.code === 'code_wrong').length <= 2);
      const view = isAt((await browser.look()).body, 'blocked');
      assert.deepEqual(view.other_methods, ['passkey', 'email-code', 'magic-link']);
      service.clock.advance(31);
      const another = await atTheStep('locked@example.test');
      isProblem(await another.act('submit-answer', { answer: code }), 429, 'too_many_attempts');
    });

    test('a stranger, a member without a code, one with another and a suspended user see and cost the same', async () => {
      await member('without@example.test');
      const { code } = await issue(await member('with@example.test'));
      const now = service.clock.now();
      const email = { typed: 'barred@example.test', canonical: 'barred@example.test' as CanonicalEmail, verifiedAt: now };
      await store.users.insert({ id: `barred-${engine}` as UserId, status: 'suspended', email, createdAt: now, updatedAt: now });
      const runs: unknown[] = [];
      for (const address of ['without@example.test', 'nobody@example.test', 'with@example.test', 'barred@example.test']) {
        const browser = await atTheStep(address);
        statements = [];
        const reply = await browser.act('submit-answer', { answer: wrongCode(code) });
        const { request_id: _id, flow, ...problem } = reply.body as unknown as Record<string, unknown>;
        runs.push({ status: reply.status, problem, step: (flow as FlowBody).step, statements: [...statements] });
      }
      for (const run of runs) assert.deepEqual(run, runs[0]);
      await assert.rejects(issue(`barred-${engine}` as UserId), (fault) => fault instanceof AuthError && fault.code === 'not_found');
    });

    test('is refused where it is not on, for nobody, for too long, and without somebody who answers for it', async () => {
      const userId = await member('bounds@example.test');
      const fails = async (change: object, code: string): Promise<void> => {
        await assert.rejects(service.auth.issueAccessCode({ userId, appId: 'notes', issuer: 'Eva', ...change }), (fault) => fault instanceof AuthError && fault.code === code);
      };
      await fails({ userId: 'nobody' }, 'not_found');
      await fails({ appId: 'nothing' }, 'not_found');
      await fails({ issuer: '  ' }, 'field_invalid');
      await fails({ issuer: 'Eva\nBcc' }, 'field_invalid');
      for (const lifetimeSeconds of [59, 86_401, 90.5, Number.NaN]) await fails({ lifetimeSeconds }, 'field_invalid');
      const off = await startPortico();
      try {
        const browser = new Browser(off);
        await browser.signIn('off@example.test');
        const tokens = await relyingParty(off).tokensFor(browser, 'off-2@example.test');
        const { sub } = JSON.parse(Buffer.from(tokens.id_token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
        await assert.rejects(off.auth.issueAccessCode({ userId: sub, appId: 'notes', issuer: 'Eva' }), (fault) => fault instanceof AuthError && fault.code === 'method_disabled');
        const flow = new Browser(off);
        await flow.askForMail('off@example.test');
        isProblem(await flow.act('choose-method', { method: 'access-code' }), 403, 'method_disabled');
      } finally {
        await off.close();
      }
    });

    test('nobody signs up with one, and without an identifier there is nothing to ask for', async () => {
      const browser = new Browser(service);
      await browser.startFlow({ kind: 'sign-up', create_new_user: true });
      isProblem(await browser.act('choose-method', { method: 'access-code' }), 409, 'action_not_allowed');
      const bare = new Browser(service);
      await bare.startFlow();
      isProblem(await bare.act('choose-method', { method: 'access-code' }), 409, 'action_not_allowed');
    });

    test('where passkeys alone are on, an address is asked for, and the code is another way', async () => {
      const only = await startPortico({ auth: { methods: [passkey({ allowsSignUpAlone: true }), accessCode()] } });
      try {
        const browser = new Browser(only);
        assert.deepEqual(isAt((await browser.startFlow()).body, 'identify').identifiers, ['email']);
        const view = isAt((await browser.act('submit-identifier', { identifier: 'somebody@example.test' })).body, 'use-passkey');
        assert.deepEqual(view.other_methods, ['access-code']);
      } finally {
        await only.close();
      }
    });

    test('none of it was a fault of ours', () => {
      assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
    });
  });
}
