import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createAuth, devInbox, emailCode, passkey, sqlite, totp, type AuthOptions, type RecoveryStart } from '../src/index.ts';
import type { CanonicalEmail, CanonicalPhone, UserId } from '../src/model/ids.ts';
import type { User } from '../src/model/user.ts';
import { Browser, isAt, isDone, isProblem, type FlowBody } from './browser.ts';
import { engines } from './engines.ts';
import { addOwner, addPerson, digitsNow, nextDigits, passedPassword, setUpTotp, startWithMfa, type MfaScene } from './mfa-scene.ts';
import { goodPassword, otherPassword, settle, tryPassword } from './password-scene.ts';
import { claimsOf, codeIn, relyingParty } from './relying-party.ts';
import { numberOf } from './sms-scene.ts';
import { atTheDoor, startWithProviders } from './social-scene.ts';
import { createAuthenticator } from './software-authenticator.ts';
import { startPortico, webClient } from './start-portico.ts';

const supportUrl = 'https://help.example/locked-out';

/** A recovery, its mail on its way. */
async function recover(service: MfaScene, email: string, request: Record<string, unknown> = {}): Promise<Browser> {
  const browser = new Browser(service);
  await browser.startFlow({ kind: 'recover', ...request });
  isAt((await browser.act('submit-identifier', { identifier: email })).body, 'enter-code');
  await service.deliver();
  return browser;
}

/** The same, with its code typed. */
async function provedIn(service: MfaScene, email: string, request: Record<string, unknown> = {}): Promise<{ readonly browser: Browser; readonly view: FlowBody }> {
  const browser = await recover(service, email, request);
  return { browser, view: (await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body };
}

for (const engine of engines) {
  describe(`recovering an account (${engine})`, () => {
    let service: MfaScene;
    before(async () => {
      service = await startWithMfa({ engine, app: { preferences: { recovery: { supportUrl } } } });
    });
    after(() => service.close());

    let people = 0;
    const person = async (): Promise<string> => {
      const email = `back-${(people += 1)}@example.test`;
      await addPerson(service, email);
      return email;
    };
    const userOf = async (email: string): Promise<User> => {
      const user = await service.store.users.findByEmail(email as CanonicalEmail);
      assert.ok(user);
      return user;
    };
    const setRecovery = async (change: { readonly signsIn: boolean }): Promise<void> => {
      for (const app of await service.store.apps.list()) await service.store.apps.put({ ...app, preferences: { ...app.preferences, recovery: { ...app.preferences.recovery, ...change } } });
    };
    const giveNumber = async (email: string, number: string): Promise<void> => {
      const user = await userOf(email);
      const { passkeyOfferSkippedAt: _skipped, refusesPasskeyOffer: _refused, ...kept } = user;
      // There is no way yet to add a number to an account: another user gets both.
      await service.store.users.insert({ ...kept, id: `with-number-${people}` as UserId, email: { typed: `n-${email}`, canonical: `n-${email}` as CanonicalEmail, verifiedAt: user.createdAt }, phone: { typed: number, canonical: number as CanonicalPhone, verifiedAt: user.createdAt } });
    };
    const kinds = async (): Promise<readonly string[]> => (await service.store.audit.list(40)).map(({ kind }) => kind);
    const subjectsTo = async (email: string): Promise<readonly string[]> => {
      await service.deliver();
      // The newest first.
      return service.inbox.list().filter(({ to }) => to === email).map(({ subject }) => subject);
    };

    test('a code leads to a new password, and the new password signs in', async () => {
      const email = await person();
      const elsewhere = await passedPassword(service, email);
      isDone(await settle(elsewhere, await elsewhere.look()));
      const party = relyingParty(service);
      const browser = new Browser(service);
      const first = isAt((await browser.startFlow({ kind: 'recover', create_new_user: true, ...party.request })).body, 'identify');
      assert.deepEqual([first.kind, first.passkey, first.may_sign_up, first.signed_in_as], ['recover', undefined, false, undefined]);
      const sent = isAt((await browser.act('submit-identifier', { identifier: email })).body, 'enter-code');
      assert.deepEqual(sent.other_methods, ['passkey', 'password', 'magic-link']);
      await service.deliver();
      const view = isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body, 'set-password');
      assert.deepEqual([view.reason, view.may_skip], ['forgotten', false]);
      isProblem(await browser.act('skip'), 409, 'action_not_allowed');
      const signIn = isAt((await browser.act('submit-password', { password: otherPassword })).body, 'enter-password');
      assert.deepEqual([signIn.kind, signIn.identifier, signIn.has_new_password], ['sign-in', email, true]);
      assert.equal(browser.cookies.has('portico-session'), false, 'nobody is in by a mail alone');
      assert.equal((await elsewhere.fetch('/account/v1/sessions')).status, 401);
      const offer = await browser.act('submit-password', { password: otherPassword });
      isAt(offer.body, 'enroll-passkey');
      const { id_token: idToken } = (await party.exchange(codeIn(isDone(await settle(browser, offer)).redirect_to))).body;
      assert.deepEqual(claimsOf(idToken)['amr'], ['pwd']);
      assert.equal((await tryPassword(service, email, goodPassword)).body.code, 'password_wrong');
      assert.ok((await kinds()).includes('recovered'));
      assert.match((await subjectsTo(email))[0] ?? '', /new password/);
    });

    test('the mail and the page of its link say what they are for', async () => {
      const email = await person();
      const browser = await recover(service, email);
      const mail = service.inbox.last(email);
      assert.match(mail?.subject ?? '', /^\d{6} is your Notes recovery code$/);
      assert.doesNotMatch(mail?.text ?? '', /[Ss]ign in to/);
      const link = service.inbox.lastLink(email) ?? '';
      const page = await new Browser(service).fetch(link);
      assert.match(page.text, /Recover your Notes account/);
      const own = await browser.fetch(link);
      assert.doesNotMatch(own.text, /name="here"/);
    });

    test('a link leads there as well, opened on another device by whoever sees the two digits', async () => {
      const email = await person();
      const browser = await recover(service, email);
      const waiting = isAt((await browser.act('choose-method', { method: 'magic-link' })).body, 'wait-for-link');
      const secret = service.inbox.lastLink(email)?.split('/').at(-1) ?? '';
      const phone = new Browser(service);
      assert.equal((await phone.postForm('/link', { secret, number: String((Number(waiting.match_number) + 1) % 100).padStart(2, '0') })).status, 422);
      assert.equal((await phone.postForm('/link', { secret, here: '1' })).status, 409);
      assert.equal((await phone.postForm('/link', { secret, number: waiting.match_number ?? '' })).status, 200);
      assert.equal(isAt((await browser.look()).body, 'wait-for-link').is_approved, true);
      isAt((await browser.act('approve')).body, 'set-password');
    });

    test('the new password signs in at once where the app asks for that', async () => {
      const email = await person();
      await setRecovery({ signsIn: true });
      const party = relyingParty(service);
      const { browser, view } = await provedIn(service, email, party.request);
      assert.equal(isAt(view, 'set-password').may_skip, true);
      const reply = await browser.act('submit-password', { password: otherPassword });
      // Asked again, though they skipped it as they signed up.
      isAt(reply.body, 'enroll-passkey');
      const { id_token: idToken } = (await party.exchange(codeIn(isDone(await settle(browser, reply)).redirect_to))).body;
      await setRecovery({ signsIn: false });
      assert.deepEqual(claimsOf(idToken)['amr'], ['email', 'otp'], 'to make a password up proves nothing');
      assert.equal((await browser.fetch('/account/v1/sessions')).status, 200);
    });

    test('whoever has a second factor shows it before anything is changed, also where the app asks nobody for one', async () => {
      const { email, secret, codes } = await addOwner(service, await freshEmail());
      const { browser, view } = await provedIn(service, email);
      assert.equal(isAt(view, 'enter-totp').support_url, supportUrl);
      for (const [action, input] of [['submit-password', { password: otherPassword }], ['skip', {}], ['approve', {}], ['enroll', { credential: { id: 'x' } }]] as const) isProblem(await browser.act(action, input), 409, 'action_not_allowed');
      assert.equal(isAt((await browser.act('choose-method', { method: 'recovery-code' })).body, 'enter-recovery-code').support_url, supportUrl);
      const lost = isAt((await browser.act('submit-answer', { answer: codes[0] })).body, 'second-factor');
      assert.deepEqual([lost.purpose, lost.may_skip, lost.recovery_codes_left], ['enroll', true, codes.length - 1]);
      isAt((await browser.act('skip')).body, 'set-password');
      isAt((await browser.act('submit-password', { password: otherPassword })).body, 'enter-password');

      service.clock.advance(60);
      const other = await provedIn(service, email);
      isAt(other.view, 'enter-totp');
      isAt((await other.browser.act('submit-answer', { answer: nextDigits(secret, service) })).body, 'set-password');
    });

    test('who signs in with the new password shows the second factor again', async () => {
      const { email, secret } = await addOwner(service, await freshEmail());
      await service.setPolicy('optional');
      const { browser } = await provedIn(service, email);
      await browser.act('submit-answer', { answer: nextDigits(secret, service) });
      await browser.act('submit-password', { password: otherPassword });
      isAt((await browser.act('submit-password', { password: otherPassword })).body, 'enter-totp');
      isProblem(await browser.act('submit-answer', { answer: digitsNow(secret, service) }), 422, 'totp_spent');
      isDone(await settle(browser, await browser.act('submit-answer', { answer: nextDigits(secret, service) })));
      await service.setPolicy('off');
    });

    test('a passkey guards a recovery where an app of the service asks for second factors, and not where none does', async () => {
      const email = await person();
      service.clock.advance(15 * 86_400);
      const owner = await passedPassword(service, email);
      const authenticator = createAuthenticator();
      const offer = isAt((await owner.look()).body, 'enroll-passkey');
      isDone((await owner.act('enroll', { credential: authenticator.register(offer.creation.options, { origin: service.origin }) })).body);
      isAt((await provedIn(service, email)).view, 'set-password');
      await service.setPolicy('optional', { methods: ['passkey'] });
      service.clock.advance(60);
      const { browser, view } = await provedIn(service, email);
      const asked = isAt(view, 'use-passkey');
      isAt((await browser.act('submit-passkey', { credential: authenticator.authenticate(asked.passkey.options, { origin: service.origin }) })).body, 'set-password');
      await service.setPolicy('off');
    });

    test('a code of a sign-in recovers nothing, and one of a recovery signs nobody in', async () => {
      const email = await person();
      const signIn = await passedToMail(email);
      const signInCode = service.inbox.lastCode(email);
      service.clock.advance(31);
      const recovery = await recover(service, email);
      const recoveryCode = service.inbox.lastCode(email);
      assert.notEqual(signInCode, recoveryCode);
      assert.equal((await recovery.act('submit-answer', { answer: signInCode })).body.code, 'code_wrong');
      assert.equal((await signIn.act('submit-answer', { answer: recoveryCode })).body.code, 'code_wrong');
    });

    test('what was sent and approved for a sign-in is worth nothing once the same flow recovers, and the other way round', async () => {
      const email = await person();
      const browser = await passedToMail(email);
      const [code, link] = [service.inbox.lastCode(email), service.inbox.lastLink(email)?.split('/').at(-1) ?? ''];
      assert.equal((await browser.postForm('/link', { secret: link })).status, 200);
      await browser.act('choose-method', { method: 'password' });
      const asked = isAt((await browser.act('choose-method', { method: 'email-code', wants_new_password: true })).body, 'enter-code');
      assert.deepEqual([asked.kind, asked.is_approved], ['recover', undefined]);
      isProblem(await browser.act('approve'), 409, 'action_not_allowed');
      assert.equal((await browser.act('submit-answer', { answer: code })).body.code, 'code_wrong');
      await service.deliver();
      const recoveryLink = service.inbox.lastLink(email)?.split('/').at(-1) ?? '';
      assert.equal(isAt((await browser.act('choose-method', { method: 'password' })).body, 'enter-password').kind, 'sign-in');
      const late = await browser.fetch(`/link/${recoveryLink}`);
      assert.deepEqual([late.status, late.text.includes('link_replaced')], [410, true]);
      assert.equal((await browser.postForm('/link', { secret: recoveryLink })).status, 410);
      assert.equal((await browser.act('approve')).status, 409);
    });

    test('a recovery ends all that others may have: sessions, grants, flows that are proved, recoveries that wait', async () => {
      const email = await person();
      const user = await userOf(email);
      const party = relyingParty(service);
      const old = await passedPassword(service, email, party.request);
      const { refresh_token: refreshToken } = (await party.exchange(codeIn(isDone(await settle(old, await old.look())).redirect_to))).body;
      // The session is past by then, and its grant is not.
      service.clock.advance(20 * 86_400);
      assert.equal((await old.fetch('/account/v1/sessions')).status, 401);
      const parked = await passedPassword(service, email);
      isAt((await parked.look()).body, 'enroll-passkey');
      const reader = await provedIn(service, email);
      isAt(reader.view, 'set-password');
      service.clock.advance(31);
      const waiting = await recover(service, email);
      const waitingCode = service.inbox.lastCode(email);
      service.clock.advance(31);
      const { browser, view } = await provedIn(service, email);
      isAt(view, 'set-password');
      isAt((await browser.act('submit-password', { password: otherPassword })).body, 'enter-password');
      for (const gone of [parked, reader.browser]) {
        isProblem(await gone.act('skip'), 401, 'flow_unknown');
        assert.equal(gone.cookies.has('portico-session'), false);
      }
      isProblem(await reader.browser.act('submit-password', { password: 'wessen Brief liest du denn' }), 401, 'flow_unknown');
      assert.notEqual((await waiting.act('submit-answer', { answer: waitingCode })).status, 200);
      assert.equal((await party.refresh(refreshToken)).body.error, 'invalid_grant');
      assert.deepEqual(await service.store.sessions.listOf(user.id, service.clock.now()), []);
      isDone(await settle(browser, await browser.act('submit-password', { password: otherPassword })));
    });

    test('a password that was typed before it was replaced opens nothing any more, though it was right', async () => {
      const email = await person();
      const user = await userOf(email);
      service.clock.advance(15 * 86_400);
      const late = await passedPassword(service, email);
      isAt((await late.look()).body, 'enroll-passkey');
      const kept = await service.store.passwords.find(user.id);
      assert.ok(kept);
      service.clock.advance(1);
      assert.equal(await service.store.passwords.replace(kept.sealedHash, { ...kept, setAt: service.clock.now() }), true);
      isProblem(await late.act('skip'), 410, 'flow_expired');
      assert.equal(late.cookies.has('portico-session'), false);
    });

    test('over the budget of a country no SMS tells of a recovery', async () => {
      const base = await person();
      const number = numberOf(people);
      await giveNumber(base, number);
      const apps = await service.store.apps.list();
      for (const app of apps) {
        const { methods } = app.preferences;
        await service.store.apps.put({ ...app, preferences: { ...app.preferences, methods: { ...methods, 'sms-code': { ...methods['sms-code'], smsPerCountryPerHour: 0 } } } });
      }
      const byMail = await provedIn(service, `n-${base}`);
      isAt((await byMail.browser.act('submit-password', { password: otherPassword })).body, 'enter-password');
      for (const app of apps) await service.store.apps.put(app);
      await service.deliver();
      assert.deepEqual(service.inbox.listSms().filter(({ to }) => to === number), []);
    });

    test('the owner is told by the channel that the proof did not come by', async () => {
      const base = await person();
      const number = numberOf(people);
      await giveNumber(base, number);
      const email = `n-${base}`;
      const byMail = await provedIn(service, email);
      await byMail.browser.act('submit-password', { password: otherPassword });
      await service.deliver();
      assert.match(service.inbox.listSms().find(({ to }) => to === number)?.text ?? '', /^Your Notes account was recovered\./);
      assert.match((await subjectsTo(email))[0] ?? '', /new password/);

      service.clock.advance(90);
      const bySms = new Browser(service);
      await bySms.startFlow({ kind: 'recover' });
      isAt((await bySms.act('submit-identifier', { identifier: number })).body, 'enter-code');
      await service.deliver();
      const sms = service.inbox.listSms().filter(({ to }) => to === number);
      assert.match(sms[0]?.text ?? '', /^\d{6} recovers your Notes account\./);
      const before = (await subjectsTo(email)).length;
      isAt((await bySms.act('submit-answer', { answer: service.inbox.lastSmsCode(number) })).body, 'set-password');
      isAt((await bySms.act('submit-password', { password: goodPassword })).body, 'enter-password');
      assert.equal((await subjectsTo(email)).length, before + 1);
      assert.equal(service.inbox.listSms().filter(({ to }) => to === number).length, sms.length);
    });

    test('nobody’s telephone pays for somebody who recovers an account again and again', async () => {
      const base = await person();
      const number = numberOf(people);
      await giveNumber(base, number);
      for (let round = 0; round < 5; round += 1) {
        const { browser } = await provedIn(service, `n-${base}`);
        await browser.act('submit-password', { password: `${otherPassword} ${round}` });
        // Out before the clock jumps: what is on its way by then would be taken for lost, and sent again.
        await service.deliver();
        service.clock.advance(60 * 60 + 1);
      }
      assert.equal(service.inbox.listSms().filter(({ to }) => to === number).length, 3);
    });

    test('a stranger recovers nothing and becomes nobody, whatever was asked for', async () => {
      const email = `nobody-${(people += 1)}@example.test`;
      const browser = await recover(service, email, { create_new_user: true });
      assert.match(service.inbox.last(email)?.subject ?? '', /^Somebody tried/);
      assert.equal(service.inbox.lastCode(email), undefined);
      assert.equal((await browser.act('submit-answer', { answer: '000000' })).body.code, 'code_wrong');
      assert.equal(await service.store.users.findByEmail(email as CanonicalEmail), undefined);
    });

    test('another way than a mail or an SMS is a sign-in again', async () => {
      const email = await person();
      const browser = await recover(service, email);
      assert.equal(isAt((await browser.act('choose-method', { method: 'passkey' })).body, 'use-passkey').kind, 'sign-in');
      const other = await recover(service, await person());
      isAt((await other.act('choose-method', { method: 'password' })).body, 'enter-password');
      assert.equal((await other.act('submit-password', { password: goodPassword })).status, 200);
    });

    test('fifty at once: one new password is set, and one set of second factors is replaced', async () => {
      const { email } = await addOwner(service, await freshEmail());
      await service.auth.startRecovery({ owner: { email }, clientId: 'notes-web', startedBy: 'desk', reason: 'fifty', replacesSecondFactors: true });
      service.clock.advance(86_401);
      const { browser } = await provedIn(service, email);
      const skips = await Promise.all(Array.from({ length: 50 }, () => browser.act('skip')));
      assert.equal(skips.every(({ status }) => status < 500), true);
      assert.equal((await service.store.audit.list(300)).filter(({ kind, userId }) => kind === 'second_factors_reset' && userId !== undefined).filter(({ detail }) => detail?.['reason'] === 'fifty').length, 1);
      isAt((await browser.look()).body, 'set-password');
      const sets = await Promise.all(Array.from({ length: 50 }, (_, at) => browser.act('submit-password', { password: `${otherPassword} Nr. ${at}` })));
      assert.equal(sets.every(({ status }) => status < 500), true);
      assert.equal(sets.filter(({ status }) => status === 200).length, 1);
      const winner = sets.findIndex(({ status }) => status === 200);
      assert.equal((await tryPassword(service, email, `${otherPassword} Nr. ${winner}`)).status, 200);
    });

    describe('with the help of support', () => {
      const start = (email: string, replacesSecondFactors = false) =>
        service.auth.startRecovery({ owner: { email }, clientId: 'notes-web', startedBy: 'desk-7', reason: 'called from the number on file', replacesSecondFactors });

      test('the owner is written to, with a page and no secret, and it is audited with who began it', async () => {
        const email = await person();
        const user = await userOf(email);
        assert.deepEqual(await start(email), { userId: user.id });
        const subjects = await subjectsTo(email);
        assert.match(subjects[0] ?? '', /^The people who run Notes have started to recover your account$/);
        const text = service.inbox.last(email)?.text ?? '';
        assert.ok(text.includes(`${service.issuer}/recover?client_id=notes-web`));
        assert.doesNotMatch(text, /desk-7|on file|second factor|\d{6}|\/link\/|because of a sign-in/, 'nobody has signed in');
        const [event] = (await service.store.audit.list(40)).filter(({ kind, userId }) => kind === 'recovery_started' && userId === user.id);
        assert.deepEqual([event?.appId, event?.detail], ['notes', { startedBy: 'desk-7', reason: 'called from the number on file', replacesSecondFactors: false }]);
        assert.equal(await service.store.passwords.find(user.id) === undefined, false, 'support has changed nothing');
      });

      test('whoever has lost all second factors replaces them after the wait, and only with the mailbox', async () => {
        const { email } = await addOwner(service, await freshEmail());
        await service.setPolicy('required');
        const started = await start(email, true);
        assert.equal(started?.opensAt?.getTime(), service.clock.now().getTime() + 86_400_000);
        await service.deliver();
        assert.match(service.inbox.last(email)?.text ?? '', /you can also replace your second factor/);
        const early = await provedIn(service, email);
        isAt(early.view, 'enter-totp');
        isProblem(await early.browser.act('skip'), 409, 'action_not_allowed');
        service.clock.advance(86_401);

        const signIn = await passedPassword(service, email);
        isAt((await signIn.look()).body, 'enter-totp');
        isProblem(await signIn.act('skip'), 409, 'action_not_allowed');
        const { browser, view } = await provedIn(service, email);
        const asked = isAt(view, 'second-factor');
        assert.deepEqual([asked.purpose, asked.may_skip, asked.methods, asked.support_url], ['prove', true, ['totp', 'recovery-code'], supportUrl]);
        isAt((await browser.act('skip')).body, 'set-password');
        const user = await userOf(email);
        assert.deepEqual([(await service.store.totps.listOf(user.id)).length, await service.store.recoveryCodes.countOf(user.id)], [0, 0]);
        assert.ok((await subjectsTo(email)).some((subject) => /second factors .* were removed/.test(subject)));
        await browser.act('submit-password', { password: otherPassword });
        const enroll = (await browser.act('submit-password', { password: otherPassword })).body;
        isDone((await setUpTotp(browser, enroll, service)).view);
        await service.setPolicy('off');
      });

      test('a sign-in with the second factor takes it back, and so does support', async () => {
        const { email, secret } = await addOwner(service, await freshEmail());
        await service.setPolicy('optional');
        await start(email, true);
        const browser = await passedPassword(service, email);
        isDone(await settle(browser, await browser.act('submit-answer', { answer: nextDigits(secret, service) })));
        assert.ok((await kinds()).includes('recovery_withdrawn'));
        service.clock.advance(86_401);
        isAt((await provedIn(service, email)).view, 'enter-totp');

        await start(email, true);
        assert.equal(await service.auth.withdrawRecovery({ owner: { email }, withdrawnBy: 'desk-8' }), true);
        assert.equal(await service.auth.withdrawRecovery({ owner: { email }, withdrawnBy: 'desk-8' }), false);
        service.clock.advance(86_401);
        isAt((await provedIn(service, email)).view, 'enter-totp');
        await service.setPolicy('off');
      });

      test('a leave that nobody used within a week is none', async () => {
        const { email } = await addOwner(service, await freshEmail());
        await start(email, true);
        service.clock.advance(86_400 * 8 + 1);
        isAt((await provedIn(service, email)).view, 'enter-totp');
      });

      test('nobody is written to who is not there, may not sign in, or has proved nothing to write to', async () => {
        const now = service.clock.now();
        const bare = (id: string, status: User['status'], isVerified: boolean) => ({
          id: `${id}-${(people += 1)}` as UserId, status, createdAt: now, updatedAt: now,
          email: { typed: `${id}-${people}@example.test`, canonical: `${id}-${people}@example.test` as CanonicalEmail, ...(isVerified ? { verifiedAt: now } : {}) },
        });
        const [barred, unproved] = [bare('barred', 'suspended', true), bare('unproved', 'active', false)];
        for (const user of [barred, unproved]) await service.store.users.insert(user);
        for (const email of [barred.email.typed, unproved.email.typed, 'stranger@example.test', 'no address']) {
          assert.equal(await start(email, true), undefined, email);
          assert.deepEqual(await subjectsTo(email), []);
        }
        assert.equal(await service.store.permits.withdraw(unproved.id), false);
        await assert.rejects(service.auth.startRecovery({ owner: { userId: 'x' }, clientId: 'nobody', startedBy: 'desk', reason: 'called' }), /no client "nobody"/);
      });

      test('nobody begins one, or takes it back, without saying who they are and why', async () => {
        const { email } = await addOwner(service, await freshEmail());
        const [owner, clientId] = [{ email }, 'notes-web'];
        const long = 'x'.repeat(1_001);
        for (const startedBy of ['', ' ', 'x'.repeat(201), 'a\0b']) await assert.rejects(service.auth.startRecovery({ owner, clientId, startedBy, reason: 'called' }), /startedBy/);
        for (const reason of ['', ' ', long, 'a\0b']) await assert.rejects(service.auth.startRecovery({ owner, clientId, startedBy: 'desk', reason }), /reason/);
        await assert.rejects(service.auth.withdrawRecovery({ owner, withdrawnBy: '' }), /withdrawnBy/);
        await assert.rejects(service.auth.startRecovery({ owner, clientId } as RecoveryStart), /startedBy/);
        assert.ok(!(await subjectsTo(email)).some((subject) => subject.includes('have started to recover')));
      });

      test('whoever has a number alone is told by SMS, without a link', async () => {
        const number = numberOf((people += 1));
        const now = service.clock.now();
        await service.store.users.insert({ id: `sms-${people}` as UserId, status: 'active', phone: { typed: number, canonical: number as CanonicalPhone, verifiedAt: now }, createdAt: now, updatedAt: now });
        assert.ok(await service.auth.startRecovery({ owner: { userId: `sms-${people}` }, clientId: 'notes-web', startedBy: 'desk', reason: 'called' }));
        await service.deliver();
        const { text } = service.inbox.listSms().filter(({ to }) => to === number).at(-1) ?? { text: '' };
        assert.match(text, /have started to recover your account/);
        assert.doesNotMatch(text, /https?:/);
      });

      test('the page that the mail leads to begins a recovery, and has nothing of anybody in it', async () => {
        const page = await new Browser(service).fetch('/recover?client_id=notes-web');
        assert.equal(page.status, 200);
        assert.match(page.text, /<auth-login [^>]*client-id="notes-web" kind="recover"/);
        assert.match(page.headers.get('Content-Security-Policy') ?? '', /default-src 'none'/);
        assert.match(page.text, /<a slot="footer" href="[^"]+\/">Go to Notes<\/a>/, 'the way on, once they are in');
        assert.equal((await new Browser(service).fetch('/recover?client_id=nobody')).status, 400);
      });
    });

    async function freshEmail(): Promise<string> {
      return Promise.resolve(`owner-${(people += 1)}@example.test`);
    }

    /** A sign-in, its mail on its way. */
    async function passedToMail(email: string): Promise<Browser> {
      service.clock.advance(31);
      const browser = new Browser(service);
      await browser.startFlow();
      await browser.act('submit-identifier', { identifier: email });
      isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code');
      await service.deliver();
      return browser;
    }

    test('none of it was a fault of ours', () => {
      assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
    });
  });
}

describe('an app and its recovery', () => {
  test('without passwords it ends in a session, the others end, and a passkey is offered', async () => {
    const service = await startPortico();
    const [owner, browser] = [new Browser(service), new Browser(service)];
    await owner.signIn('mia@example.test');
    await browser.askForMail('mia@example.test', { kind: 'recover' });
    const reply = await browser.act('submit-answer', { answer: service.inbox.lastCode('mia@example.test') });
    isAt(reply.body, 'enroll-passkey');
    assert.equal((await owner.fetch('/account/v1/sessions')).status, 200);
    assert.equal(isDone((await browser.act('skip')).body).new_user, false);
    assert.equal((await owner.fetch('/account/v1/sessions')).status, 401);
    const { sessions } = (await browser.fetch('/account/v1/sessions')).body as { sessions: readonly unknown[] };
    assert.equal(sessions.length, 1);
    await service.deliver();
    assert.match(service.inbox.last('mia@example.test')?.subject ?? '', /^Your Notes account was recovered$/);
    await service.close();
  });

  test('that sends neither mails nor SMS has none', async () => {
    const service = await startPortico({ auth: { methods: [passkey({ allowsSignUpAlone: true })] } });
    isProblem(await new Browser(service).startFlow({ kind: 'recover' }), 403, 'method_disabled');
    await service.close();
  });

  test('whoever a provider knows recovers there: here it is a sign-in', async () => {
    const service = await startWithProviders({ domains: { 'corp.test': 'odd' } });
    const browser = new Browser(service);
    await browser.startFlow({ kind: 'recover' });
    assert.equal(isAt((await browser.act('submit-identifier', { identifier: 'ann@corp.test' })).body, 'leave-to-provider').kind, 'sign-in');
    await atTheDoor(service, 'odd');
    await service.close();
  });

  test('a page that was loaded again goes on with it, and one at its first step may turn it', async () => {
    const service = await startWithMfa();
    const { request_uri: requestUri } = (await relyingParty(service).push()).body;
    const browser = new Browser(service);
    await browser.startFlow({ kind: 'recover', request_uri: requestUri });
    assert.equal(isAt((await browser.startFlow({ kind: 'sign-in', request_uri: requestUri })).body, 'identify').kind, 'sign-in');
    assert.equal(isAt((await browser.startFlow({ kind: 'recover', request_uri: requestUri })).body, 'identify').kind, 'recover');
    await browser.act('submit-identifier', { identifier: 'ann@example.test' });
    assert.equal(isAt((await browser.startFlow({ kind: 'sign-in', request_uri: requestUri })).body, 'enter-code').kind, 'recover');
    await service.close();
  });

  const refused = (said: Pick<AuthOptions, 'methods'> & { readonly preferences?: AuthOptions['apps'][number]['preferences'] }): Promise<unknown> => createAuth({
    issuer: 'http://localhost:1', store: sqlite(':memory:'), secret: 'the-secret-of-a-host-that-only-tests-know', methods: said.methods, mailer: devInbox(),
    apps: [{ id: 'notes', name: 'Notes', clients: [webClient('http://localhost:1')], ...(said.preferences === undefined ? {} : { preferences: said.preferences }) }],
  });

  test('preferences that would strand somebody are refused at the start, with the app, who it is, and what to add', async () => {
    const lost = { methods: { 'recovery-code': { isOn: false } }, mfa: { policy: 'required' as const } };
    await assert.rejects(refused({ methods: [emailCode(), totp()], preferences: lost }), /app "notes" would strand people.*\n- somebody with an address, who loses their second factor, could not recover: add methods\['recovery-code'\]\.isOn: true, or recovery\.supportUrl/);
    await assert.rejects(refused({ methods: [passkey({ allowsSyncedPasskeys: false })] }), /somebody with a passkey could not recover/);
  });

  test('the wait before second factors are replaced, and the address of support, are within bounds', async () => {
    await assert.rejects(refused({ methods: [emailCode()], preferences: { recovery: { replaceAfterSeconds: 60 } } }), /replaceAfterSeconds/);
    await assert.rejects(refused({ methods: [emailCode()], preferences: { recovery: { supportUrl: 'javascript:alert(1)' } } }), /supportUrl/);
    await assert.rejects(refused({ methods: [emailCode()], preferences: { recovery: { supportUrl: 'http://help.example' } } }), /supportUrl/);
  });
});
