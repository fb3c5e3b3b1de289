/** A number or an address that is added on the way in, for codes beside the first factor. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { MfaPolicy, SecondMethodName } from '@portico/contract';
import type { App } from '../src/model/app.ts';
import type { CanonicalEmail, CanonicalPhone } from '../src/model/ids.ts';
import type { User } from '../src/model/user.ts';
import { Backend, backendClients } from './backend-scene.ts';
import { Browser, isAt, isDone, isProblem, type FlowBody, type Reply } from './browser.ts';
import { asked, answer, undo, undoSecret } from './contact-scene.ts';
import { engines } from './engines.ts';
import { addOwner, addPerson, addReachable, nextDigits, passedMail, passedPassword, setRecoveredBy, setUpTotp, startWithMfa, type MfaScene } from './mfa-scene.ts';
import { goodPassword, settle, typeCode } from './password-scene.ts';
import { claimsOf, codeIn, relyingParty } from './relying-party.ts';
import { askForSms, numberOf, wrongCode } from './sms-scene.ts';

for (const engine of engines) {
  describe(`a number or an address that is added on the way in (${engine})`, () => {
    let service: MfaScene;
    before(async () => {
      service = await startWithMfa({ engine, clients: backendClients });
    });
    after(() => service.close());

    let people = 0;
    const names = (): { readonly email: string; readonly number: string } => ({ email: `adds-${(people += 1)}@example.test`, number: numberOf(7_000_000 + people) });
    const counting = (policy: MfaPolicy, ...methods: readonly SecondMethodName[]): Promise<void> => service.setPolicy(policy, { methods });
    const userOf = (email: string): Promise<User | undefined> => service.store.users.findByEmail(email as CanonicalEmail);
    const ownerOf = (number: string): Promise<User | undefined> => service.store.users.findByPhone(number as CanonicalPhone);
    const insert = (contact: Record<string, unknown>): Promise<boolean> => {
      const now = service.clock.now();
      return service.store.users.insert({ id: randomBytes(16).toString('base64url'), status: 'active', ...contact, createdAt: now, updatedAt: now } as never);
    };
    /** Somebody with an address alone, past its mail. */
    const mailed = async (email: string, request: Record<string, unknown> = {}): Promise<Browser> => {
      if ((await userOf(email)) === undefined) await insert({ email: { typed: email, canonical: email, verifiedAt: service.clock.now() } });
      service.clock.advance(61);
      return passedMail(service, email, request);
    };
    /** Somebody with a number alone, past its SMS. */
    const texted = async (number: string): Promise<Browser> => {
      await insert({ phone: { typed: number, canonical: number, verifiedAt: service.clock.now() } });
      const { browser } = await askForSms(service, number);
      await browser.act('choose-method', { method: 'sms-code' });
      await service.deliver();
      await browser.act('submit-answer', { answer: service.inbox.lastSmsCode(number) });
      return browser;
    };
    const submit = async (browser: Browser, identifier: string): Promise<Reply<FlowBody>> => {
      const reply = await browser.act('submit-identifier', { identifier });
      await service.deliver();
      return reply;
    };
    const answerSms = (browser: Browser, number: string): Promise<Reply<FlowBody>> => browser.act('submit-answer', { answer: service.inbox.lastSmsCode(number) });
    /** Past the recovery codes and the offer of a passkey. */
    const pastRest = async (browser: Browser, view: FlowBody): Promise<FlowBody> => {
      if (view.step !== 'show-recovery-codes') return settle(browser, { body: view });
      return settle(browser, await browser.act('submit-answer', { answer: view.codes[0] }));
    };
    const add = async (browser: Browser, number: string): Promise<FlowBody> => {
      isAt((await submit(browser, number)).body, 'enter-code');
      return pastRest(browser, (await answerSms(browser, number)).body);
    };
    const smsTo = (number: string): number => service.inbox.listSms().filter(({ to }) => to === number).length;
    const mailsTo = (email: string): readonly string[] => service.inbox.list().filter(({ to }) => to === email).map(({ subject }) => subject);
    const putOther = async (change: Partial<App['preferences']['mfa']>): Promise<void> => {
      const [app] = await service.store.apps.list();
      assert.ok(app);
      await service.store.apps.put({ ...app, id: 'strict' as typeof app.id, preferences: { ...app.preferences, mfa: { ...app.preferences.mfa, ...change } } });
    };
    const helpedAt = async (supportUrl: string | undefined): Promise<void> => {
      for (const { preferences: { recovery: { supportUrl: _before, ...recovery }, ...rest }, ...app } of await service.store.apps.list()) {
        await service.store.apps.put({ ...app, preferences: { ...rest, recovery: { ...recovery, ...(supportUrl === undefined ? {} : { supportUrl }) } } });
      }
    };
    const calmOther = (): Promise<void> => service.setPolicy('off');
    /** Somebody whose passkey is another app's alone, where that app asks for it, and this one for these. */
    const addElsewhere = async (...methods: readonly SecondMethodName[]): Promise<string> => {
      const { id, email } = await addReachable(service, names(), { email: true, number: false });
      await service.store.passkeys.insert({
        id: `key-${email}`, userId: id, rpId: 'other.test', publicKey: 'AAAA', algorithm: -7, counter: 0, transports: ['internal'], isBackupEligible: true, isBackedUp: true,
        isUserVerified: true, aaguid: '00000000-0000-0000-0000-000000000000', attestationFormat: 'none', nickname: '', createdAt: service.clock.now(),
      } as never);
      await counting('required', ...methods);
      const [app] = await service.store.apps.list();
      assert.ok(app);
      const { passkey } = app.preferences.methods;
      await service.store.apps.put({ ...app, id: 'strict' as typeof app.id, preferences: { ...app.preferences, methods: { ...app.preferences.methods, passkey: { ...passkey, rpId: 'other.test' } } } });
      return email;
    };

    test('whoever has none adds a number where the app requires a second factor: it is theirs and proved with the right digits, and counts at once', async () => {
      const { email, number } = names();
      await counting('required', 'sms-code');
      const party = relyingParty(service);
      const browser = await mailed(email, { ...party.request });
      const view = isAt((await browser.look()).body, 'enroll-contact');
      assert.deepEqual([view.method, view.may_skip, view.other_methods, view.identifier], ['sms-code', false, [], undefined]);
      const sent = isAt((await submit(browser, `0${number.slice(3)}`)).body, 'enter-code');
      assert.deepEqual([sent.method, sent.sent_to, sent.is_second, sent.is_new, sent.has_link, sent.remember_days], ['sms-code', `0${number.slice(3)}`, true, true, false, undefined]);
      assert.equal(await ownerOf(number), undefined, 'nothing is anybody\u2019s before it is proved');
      const sms = service.inbox.listSms().find(({ to }) => to === number);
      assert.match(sms?.text ?? '', /\n\n@localhost #\d{6}$/);
      const done = isDone(await pastRest(browser, isAt((await answerSms(browser, number)).body, 'show-recovery-codes')));
      const { id_token: idToken } = (await party.exchange(codeIn(done.redirect_to))).body;
      assert.deepEqual([claimsOf(idToken)['acr'], claimsOf(idToken)['amr']], ['mfa', ['email', 'otp', 'sms', 'mfa']]);
      const user = await userOf(email);
      assert.deepEqual([user?.phone?.canonical, user?.phone?.verifiedAt === undefined], [number, false]);
      await service.deliver();
      assert.ok(undoSecret(service, email) !== '', 'its owner is told by what they had before, and can take it back');
      const again = await mailed(email);
      assert.deepEqual(isAt((await again.look()).body, 'second-factor').sends_to, { 'sms-code': `•••• ${number.slice(-2)}` });
    });

    test('an address likewise, by a code without a link', async () => {
      const { email, number } = names();
      await counting('required', 'email-code');
      const browser = await texted(number);
      assert.equal(isAt((await browser.look()).body, 'enroll-contact').method, 'email-code');
      const sent = isAt((await submit(browser, email.toUpperCase())).body, 'enter-code');
      assert.deepEqual([sent.method, sent.sent_to, sent.is_new, sent.match_number], ['email-code', email.toUpperCase(), true, undefined]);
      const mail = service.inbox.list().find(({ to }) => to === email);
      assert.match(mail?.subject ?? '', /\d{6}/);
      assert.doesNotMatch(mail?.text ?? '', /\/link\/|\/contact\//);
      isDone(await pastRest(browser, (await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body));
      assert.equal((await ownerOf(number))?.email?.canonical, email);
    });

    test('where several can be set up the person chooses, and goes from one to another', async () => {
      const { email, number } = names();
      await counting('optional', 'totp', 'sms-code');
      const browser = await mailed(email);
      const choice = isAt((await browser.look()).body, 'second-factor');
      assert.deepEqual([choice.purpose, choice.methods, choice.may_skip, choice.sends_to], ['enroll', ['totp', 'sms-code'], true, undefined]);
      assert.deepEqual(isAt((await browser.act('choose-method', { method: 'totp' })).body, 'enroll-totp').other_methods, ['sms-code']);
      const view = isAt((await browser.act('choose-method', { method: 'sms-code' })).body, 'enroll-contact');
      assert.deepEqual([view.may_skip, view.other_methods], [true, ['totp']]);
      isAt((await submit(browser, number)).body, 'enter-code');
      isAt((await browser.act('choose-method', { method: 'totp' })).body, 'enroll-totp');
      assert.equal(isAt((await browser.act('choose-method', { method: 'sms-code' })).body, 'enroll-contact').identifier, number);
      await setUpTotp(browser, (await browser.act('choose-method', { method: 'totp' })).body, service);
      assert.equal(await ownerOf(number), undefined);
    });

    test('what is offered may be skipped, once and for all', async () => {
      const { email } = names();
      await counting('optional', 'sms-code');
      const browser = await mailed(email);
      assert.equal(isAt((await browser.look()).body, 'enroll-contact').may_skip, true);
      isDone(await settle(browser, await browser.act('skip')));
      const later = await mailed(email);
      isDone(await settle(later, await later.look()));
    });

    test('what is required is not skipped', async () => {
      const { email } = names();
      await counting('required', 'sms-code');
      isProblem(await (await mailed(email)).act('skip'), 409, 'action_not_allowed');
    });

    test('whoever signs up adds one too, and is not written to about it', async () => {
      const { email, number } = names();
      await setRecoveredBy(service, ['email']);
      await counting('required', 'sms-code');
      const browser = new Browser(service);
      await browser.startFlow({ kind: 'sign-up', create_new_user: true });
      await browser.act('submit-identifier', { identifier: email });
      isAt(await typeCode(browser, email, service), 'set-password');
      isAt((await browser.act('submit-password', { password: goodPassword })).body, 'enroll-contact');
      isDone(await add(browser, number));
      await service.deliver();
      assert.equal(mailsTo(email).length, 1, mailsTo(email).join());
      const later = await passedPassword(service, email);
      assert.equal(isAt((await later.look()).body, 'second-factor').purpose, 'prove');
      await setRecoveredBy(service, ['email', 'sms']);
    });

    test('nobody adds what is on the channel of the first factor (same channel refused)', async () => {
      const { email, number } = names();
      await counting('optional', 'email-code', 'sms-code');
      const browser = await mailed(email);
      assert.equal(isAt((await browser.look()).body, 'enroll-contact').method, 'sms-code');
      isProblem(await browser.act('choose-method', { method: 'email-code' }), 403, 'method_disabled');
      assert.equal(isAt((await (await texted(number)).look()).body, 'enroll-contact').method, 'email-code');
    });

    test('a number is no second factor to a password that an SMS replaces, in any app, and none is asked for beside it', async () => {
      const { email } = names();
      await addPerson(service, email);
      await counting('optional', 'sms-code', 'totp');
      isAt((await (await passedPassword(service, email)).look()).body, 'enroll-totp');
      await setRecoveredBy(service, ['email']);
      assert.deepEqual(isAt((await (await passedPassword(service, email)).look()).body, 'second-factor').methods, ['sms-code', 'totp']);
      await setRecoveredBy(service, ['email', 'sms']);
    });

    test('of a number that another account has proved nothing is told, no SMS goes out and no digits are right', async () => {
      const [{ email, number: free }, other] = [names(), await addReachable(service, names())];
      await counting('required', 'sms-code');
      const browser = await mailed(email);
      const view = isAt((await submit(browser, free)).body, 'enter-code');
      await browser.act('choose-method', { method: 'sms-code' });
      const taken = isAt((await submit(browser, other.number)).body, 'enter-code');
      const shape = ({ sent_to: _to, flow_expires_at: _flow, expires_at: _at, ...rest }: typeof view): unknown => rest;
      assert.deepEqual(shape(taken), shape(view));
      assert.deepEqual([smsTo(free), smsTo(other.number)], [1, 0]);
      isProblem(await browser.act('submit-answer', { answer: service.inbox.lastSmsCode(free) }), 422, 'code_wrong');
      assert.equal((await ownerOf(other.number))?.id, other.id);
    });

    test('of an address likewise, and its owner alone is told, by mail', async () => {
      const [{ number }, other] = [names(), await addReachable(service, names())];
      await counting('required', 'email-code');
      const browser = await texted(number);
      isAt((await submit(browser, other.email)).body, 'enter-code');
      assert.match(mailsTo(other.email)[0] ?? '', /Somebody wanted to use your address/);
      assert.equal(service.inbox.lastCode(other.email), undefined);
    });

    test('whoever wrote a number beside their account and never proved it loses it; an account that was prepared for its owner keeps it', async () => {
      const [{ email, number }, squatter] = [names(), await addReachable(service, names(), { email: true, number: false })];
      await counting('required', 'sms-code');
      isDone(await add(await mailed(email), squatter.number));
      assert.equal((await ownerOf(squatter.number))?.email?.canonical, email);
      await insert({ phone: { typed: number, canonical: number } });
      const browser = await mailed(names().email);
      isAt((await submit(browser, number)).body, 'enter-code');
      isProblem(await answerSms(browser, number), 409, 'contact_taken');
      assert.equal(isAt((await browser.look()).body, 'enroll-contact').identifier, number);
    });

    test('of two who prove the same number at once one gets it, and the other is told so', async () => {
      const { number } = names();
      await counting('required', 'sms-code');
      const browsers = [await mailed(names().email), await mailed(names().email)];
      const codes: (string | undefined)[] = [];
      for (const browser of browsers) {
        isAt((await submit(browser, number)).body, 'enter-code');
        codes.push(service.inbox.lastSmsCode(number));
        service.clock.advance(61);
      }
      const replies = await Promise.all(browsers.map((browser, at) => browser.act('submit-answer', { answer: codes[at] })));
      assert.deepEqual(replies.map(({ status }) => status).toSorted(), [200, 409]);
      assert.equal(replies.find(({ status }) => status === 409)?.body.code, 'contact_taken');
    });

    test('of fifty right answers at once one adds it, and its owner is told once (single use)', async () => {
      const { email, number } = names();
      await counting('required', 'sms-code');
      const browser = await mailed(email);
      await submit(browser, number);
      const code = service.inbox.lastSmsCode(number);
      const replies = await Promise.all(Array.from({ length: 50 }, () => browser.act('submit-answer', { answer: code })));
      assert.ok(replies.every(({ status }) => status < 500));
      const user = await userOf(email);
      const events = (await service.store.audit.list(500)).filter(({ kind, userId }) => kind === 'contact_changed' && userId === user?.id);
      assert.equal(events.length, 1);
      isAt((await browser.look()).body, 'show-recovery-codes');
      await service.deliver();
      assert.equal(mailsTo(email).filter((subject) => subject.includes('phone number')).length, 1);
    });

    test('whoever has a second factor shows it: one factor adds no number, not by asking for it either', async () => {
      const owner = await addOwner(service, names().email);
      await counting('required', 'sms-code', 'totp');
      service.clock.advance(61);
      const browser = await passedMail(service, owner.email);
      isAt((await browser.look()).body, 'enter-totp');
      isProblem(await browser.act('choose-method', { method: 'sms-code' }), 403, 'method_disabled');
      isProblem(await browser.act('submit-identifier', { identifier: names().number }), 409, 'action_not_allowed');
    });

    test('a second factor that its owner sets up meanwhile bars the number whose code is out, and is asked for', async () => {
      const [{ email, number }] = [names()];
      await counting('required', 'sms-code', 'totp');
      const thief = await mailed(email);
      await thief.act('choose-method', { method: 'sms-code' });
      isAt((await submit(thief, number)).body, 'enter-code');
      const owner = await mailed(email);
      const { secret } = await setUpTotp(owner, (await owner.act('choose-method', { method: 'totp' })).body, service);
      isAt((await answerSms(thief, number)).body, 'enter-totp');
      assert.equal(await ownerOf(number), undefined);
      assert.equal((await userOf(email))?.phone, undefined);
      assert.ok(secret);
    });

    test('nobody adds a number by one factor who has a second in another app alone, and they are told where to ask', async () => {
      const email = await addElsewhere('sms-code', 'totp');
      const browser = await mailed(email);
      isAt((await browser.look()).body, 'enroll-totp');
      isProblem(await browser.act('choose-method', { method: 'sms-code' }), 403, 'method_disabled');
      await counting('required', 'sms-code');
      await helpedAt('https://help.example/locked-out');
      const stranded = isAt((await (await mailed(email)).look()).body, 'second-factor');
      assert.deepEqual([stranded.purpose, stranded.methods, stranded.may_skip, stranded.support_url], ['enroll', [], false, 'https://help.example/locked-out']);
      const other = names();
      assert.equal(isAt((await (await mailed(other.email)).look()).body, 'enroll-contact').support_url, 'https://help.example/locked-out');
      await counting('required', 'totp');
      await putOther({ policy: 'off' });
      assert.equal(isAt((await (await mailed(names().email)).look()).body, 'enroll-totp').support_url, 'https://help.example/locked-out', 'nor at an app that they have not');
      await helpedAt(undefined);
      await calmOther();
      await counting('required', 'sms-code');
      await putOther({ policy: 'off' });
    });

    test('whoever stands where nothing of theirs counts signs in to the other app, and goes on here as soon as the page is loaded again', async () => {
      await calmOther();
      const email = await addElsewhere('sms-code');
      const { request_uri } = (await relyingParty(service).push({})).body;
      const browser = await mailed(email, { request_uri });
      assert.deepEqual(isAt((await browser.look()).body, 'second-factor').methods, []);
      const alone = isAt((await browser.startFlow({ request_uri })).body, 'identify');
      assert.deepEqual([alone.signed_in_as, alone.identifier], [undefined, email], 'nothing to go on with yet');
      // In the same browser, at the other app: the first factor, and the passkey that is that app's.
      await service.setPolicy('off');
      await browser.startFlow();
      service.clock.advance(61);
      await browser.act('submit-identifier', { identifier: email });
      await browser.act('choose-method', { method: 'email-code' });
      isDone(await settle(browser, { body: await typeCode(browser, email, service) }));
      const user = await userOf(email);
      const [session] = await service.store.sessions.listOf(user?.id as never, service.clock.now());
      assert.ok(session);
      await service.store.sessions.addProofs(session.id, [{ method: 'passkey', provedAt: service.clock.now(), amr: ['hwk', 'user'], isPhishingResistant: true, isMultiFactor: true, userId: session.userId }]);
      await counting('required', 'sms-code');
      assert.equal(isAt((await browser.startFlow({ request_uri })).body, 'identify').signed_in_as, email);
      codeIn(isDone((await browser.act('approve')).body).redirect_to);
      await calmOther();
    });

    test('a change that was asked for on an account page before ends with it', async () => {
      const [{ email, number }, thief] = [names(), names()];
      await calmOther();
      const session = await mailed(email);
      isDone(await settle(session, await session.look()));
      const id = await asked(service, session, { phone_number: thief.number });
      await counting('required', 'sms-code');
      await putOther({ policy: 'off' });
      isDone(await add(await mailed(email), number));
      assert.ok((await answer(session, id, service.inbox.lastSmsCode(thief.number))).status >= 400);
      assert.equal((await userOf(email))?.phone?.canonical, number);
    });

    test('its owner takes it back by the link of the notice, and a flow that was half done with it ends', async () => {
      const { email, number } = names();
      await counting('required', 'sms-code');
      const browser = await mailed(email, { ...relyingParty(service).request, prompt: 'consent' });
      isAt(await add(browser, number), 'consent');
      await service.deliver();
      assert.equal((await undo(service, undoSecret(service, email))).status, 200);
      const owner = await userOf(email);
      assert.equal(owner?.phone, undefined);
      assert.equal(await service.store.recoveryCodes.countOf(owner?.id as never), 0, 'the codes that came with it are whoever\u2019s who added it');
      isProblem(await browser.act('approve'), 401, 'flow_unknown');
      isAt((await (await mailed(email)).look()).body, 'enroll-contact');
    });

    test('a slip of the hand is corrected without a message to it being answered, and the same one costs no second message', async () => {
      const [{ email, number }, { number: slip }] = [names(), names()];
      await counting('required', 'sms-code');
      const browser = await mailed(email);
      isProblem(await submit(browser, '12'), 422, 'phone_malformed');
      assert.equal(isAt((await browser.look()).body, 'enroll-contact').identifier, '12');
      isAt((await submit(browser, slip)).body, 'enter-code');
      const old = service.inbox.lastSmsCode(slip);
      assert.equal(isAt((await browser.act('choose-method', { method: 'sms-code' })).body, 'enroll-contact').identifier, slip);
      isAt((await submit(browser, slip)).body, 'enter-code');
      assert.equal(smsTo(slip), 1);
      await browser.act('choose-method', { method: 'sms-code' });
      isAt((await submit(browser, number)).body, 'enter-code');
      isProblem(await browser.act('submit-answer', { answer: old }), 422, 'code_wrong');
      isProblem(await browser.act('resend'), 429, 'resend_too_soon');
      service.clock.advance(61);
      isAt((await browser.act('resend')).body, 'enter-code');
      await service.deliver();
      isAt((await answerSms(browser, number)).body, 'show-recovery-codes');
    });

    test('wrong digits add to the lock of all second factors', async () => {
      const { email, number } = names();
      await service.setPolicy('required', { methods: ['sms-code'], lockoutTiers: [{ attempts: 2, lockSeconds: 900 }] });
      const browser = await mailed(email);
      await submit(browser, number);
      isProblem(await browser.act('submit-answer', { answer: wrongCode(service.inbox.lastSmsCode(number)) }), 422, 'code_wrong');
      isProblem(await browser.act('submit-answer', { answer: wrongCode(service.inbox.lastSmsCode(number)) }), 429, 'too_many_attempts');
      isAt((await browser.look()).body, 'blocked');
      const other = await mailed(email);
      isProblem(await submit(other, names().number), 429, 'too_many_attempts');
      await service.setPolicy('off', { lockoutTiers: [{ attempts: 5, lockSeconds: 900 }] });
    });

    test('numbers of other countries get none, and one user has no more than ten written to in an hour (toll fraud)', async () => {
      const { email } = names();
      await counting('required', 'sms-code');
      const browser = await mailed(email);
      isProblem(await submit(browser, '+447400123456'), 422, 'sms_unavailable');
      const before = service.inbox.listSms().length;
      const replies = [];
      for (let at = 0; at < 11; at += 1) {
        replies.push((await submit(browser, names().number)).body);
        await browser.act('choose-method', { method: 'sms-code' });
      }
      assert.equal(service.inbox.listSms().length - before, 9);
      assert.deepEqual(replies.slice(9).map(({ code }) => code), ['rate_limited', 'rate_limited']);
    });

    test('a session that was left open adds none: its owner signs in first, unless they just did', async () => {
      const { email } = names();
      await calmOther();
      const browser = await mailed(email);
      isDone(await settle(browser, await browser.look()));
      await counting('required', 'sms-code');
      await putOther({ policy: 'off' });
      assert.equal(isAt((await browser.startFlow()).body, 'identify').signed_in_as, email);
      isAt((await browser.act('approve')).body, 'enroll-contact');
      service.clock.advance(601);
      for (const request of [{}, relyingParty(service).request]) {
        assert.equal(isAt((await browser.startFlow(request)).body, 'identify').signed_in_as, undefined);
        isProblem(await browser.act('approve'), 409, 'action_not_allowed');
      }
      assert.equal(isAt((await browser.startFlow({ kind: 'step-up' })).body, 'choose-method').kind, 'step-up');
    });

    test('who is asked for two factors by a request adds one in a step-up', async () => {
      const { email, number } = names();
      await service.setPolicy('off', { methods: ['sms-code'] });
      const browser = await mailed(email);
      isDone(await settle(browser, await browser.look()));
      service.clock.advance(61);
      isAt((await browser.startFlow({ kind: 'step-up', ...relyingParty(service).request, acr_values: 'mfa' })).body, 'choose-method');
      await browser.act('choose-method', { method: 'email-code' });
      isAt(await typeCode(browser, email, service), 'enroll-contact');
      isDone(await add(browser, number));
    });

    test('whoever used a recovery code because their number is gone sets another in its place, and the old one is told', async () => {
      const [{ email, number }, { number: next }] = [names(), names()];
      await counting('required', 'sms-code');
      const first = await mailed(email);
      isAt((await submit(first, number)).body, 'enter-code');
      const { codes } = isAt((await answerSms(first, number)).body, 'show-recovery-codes');
      isDone(await settle(first, await first.act('submit-answer', { answer: codes[0] })));
      const browser = await mailed(email);
      await browser.act('choose-method', { method: 'recovery-code' });
      const choice = isAt((await browser.act('submit-answer', { answer: codes[1] })).body, 'second-factor');
      assert.deepEqual([choice.purpose, choice.methods, choice.may_skip], ['enroll', ['sms-code'], true]);
      isAt((await browser.act('choose-method', { method: 'sms-code' })).body, 'enroll-contact');
      isDone(await add(browser, next));
      await service.deliver();
      assert.equal((await userOf(email))?.phone?.canonical, next);
      assert.ok(undoSecret(service, number) !== '');
    });

    test('whoever has lost their number for good, and has support’s leave, adds another in the recovery', async () => {
      const [{ email, number }, { number: next }] = [names(), names()];
      await addReachable(service, { email, number });
      await counting('required', 'sms-code');
      await service.auth.startRecovery({ owner: { email }, clientId: 'notes-web', startedBy: 'desk', reason: 'lost', replacesSecondFactors: true });
      service.clock.advance(86_401);
      const browser = await passedMail(service, email, { kind: 'recover' });
      const asked = isAt((await browser.look()).body, 'second-factor');
      assert.deepEqual([asked.purpose, asked.may_skip, asked.methods], ['prove', true, ['sms-code']]);
      let view = (await browser.act('skip')).body;
      assert.equal((await userOf(email))?.phone, undefined);
      await service.deliver();
      assert.equal(smsTo(number), 1, 'whoever has the number is told');
      if (view.step === 'set-password') view = (await browser.act('submit-password', { password: goodPassword })).body;
      assert.equal(await ownerOf(number), undefined);
      const later = await mailed(email);
      isAt((await later.look()).body, 'enroll-contact');
      isDone(await add(later, next));
    });

    test('a backend has its end user add one by the same steps', async () => {
      const { email, number } = names();
      await mailed(email);
      await counting('required', 'sms-code');
      service.clock.advance(61);
      const backend = new Backend(service);
      await backend.start();
      let view = (await backend.act('submit-identifier', { identifier: email })).body;
      if (view.step === 'enter-password') view = (await backend.act('choose-method', { method: 'email-code' })).body;
      await service.deliver();
      view = (await backend.act('submit-answer', { answer: service.inbox.lastCode(email) })).body;
      assert.equal(view.step, 'enroll-contact');
      assert.equal((await backend.act('submit-identifier', { identifier: number })).body.step, 'enter-code');
      await service.deliver();
      view = (await backend.act('submit-answer', { answer: service.inbox.lastSmsCode(number) })).body;
      assert.ok(view.step === 'show-recovery-codes');
      view = await backend.settle((await backend.act('submit-answer', { answer: view.codes[0] })).body);
      assert.ok('tokens' in view);
    });

    test('digits of the first factor add nothing, and those that add a number are no first factor', async () => {
      const { email, number } = names();
      await counting('required', 'sms-code');
      const { browser: first } = await askForSms(service, number);
      await first.act('choose-method', { method: 'sms-code' });
      await service.deliver();
      const firstCode = service.inbox.lastSmsCode(number);
      const browser = await mailed(email);
      isAt((await submit(browser, number)).body, 'enter-code');
      const addingCode = service.inbox.lastSmsCode(number);
      assert.notEqual(firstCode, addingCode);
      isProblem(await browser.act('submit-answer', { answer: firstCode }), 422, 'code_wrong');
      isProblem(await first.act('submit-answer', { answer: addingCode }), 422, 'code_wrong');
      isAt((await answerSms(browser, number)).body, 'show-recovery-codes');
    });

    test('an authenticator app is set up beside a number as before', async () => {
      const { email } = names();
      await counting('required', 'totp');
      const browser = await mailed(email);
      const { secret } = isAt((await browser.look()).body, 'enroll-totp');
      isAt((await browser.act('submit-answer', { answer: nextDigits(secret, service) })).body, 'show-recovery-codes');
    });

    test('none of it was a fault of ours', () => {
      assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
    });
  });
}
