/** Codes by SMS and e-mail as second factor: where they go, what they are worth, and what a password is beside them. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { SecondMethodName } from '@portico/contract';
import { Browser, isAt, isDone, isProblem, type FlowBody, type Reply } from './browser.ts';
import { changeEmail, changePhone } from './contact-scene.ts';
import { addReachable, addReachableWithPassword, nextDigits, passedMail, passedPassword, setRecoveredBy, setUpTotp, startWithMfa, type MfaScene, type Reachable } from './mfa-scene.ts';
import { goodPassword, otherPassword, settle, typeCode } from './password-scene.ts';
import { claimsOf, codeIn, relyingParty } from './relying-party.ts';
import { askForSms, numberOf, wrongCode } from './sms-scene.ts';

describe('a code by SMS or e-mail as second factor', () => {
  let service: MfaScene;
  before(async () => {
    service = await startWithMfa();
  });
  after(() => service.close());

  let people = 0;
  const names = (): { readonly email: string; readonly number: string } => ({ email: `both-${(people += 1)}@example.test`, number: numberOf(people) });
  const person = (proved?: { readonly email: boolean; readonly number: boolean }): Promise<Reachable> => addReachable(service, names(), proved);
  const withPassword = (): Promise<Reachable> => addReachableWithPassword(service, names());
  const counting = (...methods: readonly SecondMethodName[]): Promise<void> => service.setPolicy('optional', { methods });
  const passedSms = async (number: string, request: Record<string, unknown> = {}): Promise<Browser> => {
    const { browser } = await askForSms(service, number, request);
    await browser.act('choose-method', { method: 'sms-code' });
    await service.deliver();
    await browser.act('submit-answer', { answer: service.inbox.lastSmsCode(number) });
    return browser;
  };
  /** Past the recovery codes and the offer of a passkey, that follow once. */
  const pastRest = async (browser: Browser, view: FlowBody): Promise<FlowBody> => {
    if (view.step !== 'show-recovery-codes') return settle(browser, { body: view });
    return settle(browser, await browser.act('submit-answer', { answer: view.codes[0] }));
  };
  const answerSms = async (browser: Browser, number: string): Promise<FlowBody> => {
    await service.deliver();
    return pastRest(browser, (await browser.act('submit-answer', { answer: service.inbox.lastSmsCode(number) })).body);
  };

  test('a mail and then an SMS open a session whose tokens say mfa; before the SMS goes out, only the end of the number is shown', async () => {
    const { email, number } = await person();
    await counting('sms-code');
    const party = relyingParty(service);
    const browser = await passedMail(service, email, { ...party.request });
    const view = isAt((await browser.look()).body, 'second-factor');
    assert.deepEqual([view.purpose, view.methods, view.sends_to], ['prove', ['sms-code'], { 'sms-code': `•••• ${number.slice(-2)}` }]);
    const sent = isAt((await browser.act('choose-method', { method: 'sms-code' })).body, 'enter-code');
    assert.deepEqual([sent.method, sent.sent_to, sent.is_second, sent.has_link, sent.other_methods], ['sms-code', `•••• ${number.slice(-2)}`, true, false, []]);
    assert.ok(!JSON.stringify([view, sent]).includes(number), 'one factor is proved: the number is not told');
    await service.deliver();
    const waiting = isAt((await browser.look()).body, 'enter-code');
    assert.deepEqual([waiting.match_number, waiting.delivery], [undefined, 'sending'], 'nothing of the first mail, and of no SMS how it fares');
    const done = isDone(await answerSms(browser, number));
    const { id_token: idToken } = (await party.exchange(codeIn(done.redirect_to))).body;
    assert.deepEqual([claimsOf(idToken)['acr'], claimsOf(idToken)['amr']], ['mfa', ['email', 'otp', 'sms', 'mfa']]);
  });

  test('an SMS and then a mail do too, and that mail has no link', async () => {
    const { email, number } = await person();
    await counting('email-code');
    const browser = await passedSms(number);
    const view = isAt((await browser.look()).body, 'second-factor');
    assert.deepEqual(view.sends_to, { 'email-code': '••••@example.test' });
    isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code');
    await service.deliver();
    assert.equal(service.inbox.lastLink(email), undefined);
    isDone(await pastRest(browser, (await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body));
  });

  test('whoever has no number that was proved is not asked for a code, and is offered what can be set up', async () => {
    const { email } = await person({ email: true, number: false });
    for (const policy of ['optional', 'required'] as const) {
      await service.setPolicy(policy, { methods: ['sms-code', 'totp'] });
      const view = isAt((await (await passedMail(service, email)).look()).body, 'second-factor');
      assert.deepEqual([view.purpose, view.methods, view.may_skip], ['enroll', ['sms-code', 'totp'], policy === 'optional']);
    }
  });

  test('another code by mail is no second factor to a mail', async () => {
    const { email } = await person({ email: true, number: false });
    await counting('email-code');
    const browser = await passedMail(service, email);
    isDone(await settle(browser, await browser.look()));
  });

  test('nothing that the browser says changes where the code goes', async () => {
    const [victim, thief] = [await person(), await person()];
    await counting('sms-code');
    const browser = await passedMail(service, victim.email);
    isProblem(await browser.act('choose-method', { method: 'sms-code', identifier: thief.number }), 400, 'field_unknown');
    isAt((await browser.act('choose-method', { method: 'sms-code' })).body, 'enter-code');
    await service.deliver();
    assert.equal(service.inbox.lastSmsCode(thief.number), undefined);
    assert.ok(service.inbox.lastSmsCode(victim.number));
  });

  test('a first factor\'s code is no second, nor the other way round', async () => {
    const { email, number } = await person();
    await counting('sms-code', 'email-code');
    const first = (await askForSms(service, number)).browser;
    await first.act('choose-method', { method: 'sms-code' });
    await service.deliver();
    const firstCode = service.inbox.lastSmsCode(number);
    service.clock.advance(61);
    const browser = await passedMail(service, email);
    await browser.act('choose-method', { method: 'sms-code' });
    await service.deliver();
    const secondCode = service.inbox.lastSmsCode(number);
    assert.notEqual(firstCode, secondCode);
    isProblem(await browser.act('submit-answer', { answer: firstCode }), 422, 'code_wrong');
    isProblem(await first.act('submit-answer', { answer: secondCode }), 422, 'code_wrong');
    isDone(await answerSms(browser, number));
  });

  test('digits of the first factor that were never typed are no second in the same flow', async () => {
    const { number } = await withPassword();
    await setRecoveredBy(service, ['email']);
    await counting('sms-code');
    // The flow is about the number, its SMS is out, and the password is typed instead.
    const { browser } = await askForSms(service, number);
    await browser.act('choose-method', { method: 'sms-code' });
    await service.deliver();
    const unused = service.inbox.lastSmsCode(number);
    await browser.act('choose-method', { method: 'password' });
    isAt((await browser.act('submit-password', { password: goodPassword })).body, 'second-factor');
    assert.equal((await browser.act('submit-answer', { answer: unused })).status, 409, 'no digits are asked for yet');
    service.clock.advance(61);
    isAt((await browser.act('choose-method', { method: 'sms-code' })).body, 'enter-code');
    isProblem(await browser.act('submit-answer', { answer: unused }), 422, 'code_wrong');
    isDone(await answerSms(browser, number));
    await setRecoveredBy(service, ['email', 'sms']);
  });

  test('of many right answers at once, one is taken (single use)', async () => {
    const { email, number } = await person();
    await counting('sms-code');
    const browser = await passedMail(service, email);
    await browser.act('choose-method', { method: 'sms-code' });
    await service.deliver();
    const answer = service.inbox.lastSmsCode(number);
    const replies = await Promise.all(Array.from({ length: 8 }, () => browser.act('submit-answer', { answer })));
    assert.equal(replies.filter(({ status }) => status === 200).length, 1);
  });

  test('wrong digits lock all second factors of the person, in every flow, and a first factor forgives nothing', async () => {
    const { email, number } = await person();
    await service.setPolicy('optional', { methods: ['sms-code'], lockoutTiers: [{ attempts: 2, lockSeconds: 900 }] });
    const one = await passedMail(service, email);
    await one.act('choose-method', { method: 'sms-code' });
    await service.deliver();
    isProblem(await one.act('submit-answer', { answer: wrongCode(service.inbox.lastSmsCode(number)) }), 422, 'code_wrong');
    isProblem(await one.act('submit-answer', { answer: wrongCode(service.inbox.lastSmsCode(number)) }), 429, 'too_many_attempts');
    assert.equal((await one.look()).body.step, 'blocked');
    service.clock.advance(61);
    const two = await passedMail(service, email);
    isProblem(await two.act('choose-method', { method: 'sms-code' }), 429, 'too_many_attempts');
    assert.equal((await (await passedSms(number)).look()).body.step, 'blocked', 'whichever of the two came first');
    await service.setPolicy('off', { lockoutTiers: [{ attempts: 5, lockSeconds: 900 }] });
  });

  test('messages are paced as those of the first factor, and who comes too soon stays where there is a choice', async () => {
    const { email, number } = await person();
    await counting('sms-code');
    const browser = await passedMail(service, email);
    await browser.act('choose-method', { method: 'sms-code' });
    isAt((await browser.act('choose-method', { method: 'sms-code' })).body, 'enter-code');
    isProblem(await browser.act('resend'), 429, 'resend_too_soon');
    await service.deliver();
    const before = service.inbox.lastSmsCode(number);
    service.clock.advance(61);
    isAt((await browser.act('resend')).body, 'enter-code');
    await service.deliver();
    assert.notEqual(service.inbox.lastSmsCode(number), before);
    isProblem(await browser.act('submit-answer', { answer: before }), 422, 'code_wrong');
    const other = await passedMail(service, email);
    isProblem(await other.act('choose-method', { method: 'sms-code' }), 429, 'resend_too_soon');
    isAt((await other.look()).body, 'second-factor');
  });

  /** Signed in by both: whoever may change either. */
  const ownerOf = async ({ email, number }: Reachable): Promise<Browser> => {
    const browser = await passedMail(service, email);
    await browser.act('choose-method', { method: 'sms-code' });
    isDone(await answerSms(browser, number));
    service.clock.advance(61);
    return browser;
  };

  test('a flow whose second factor was an SMS ends where the number is changed in the middle of it, and the owner\'s session goes on', async () => {
    const made = await person();
    await counting('sms-code');
    const owner = await ownerOf(made);
    const half = await passedMail(service, made.email, { ...relyingParty(service).request, prompt: 'consent' });
    await half.act('choose-method', { method: 'sms-code' });
    await service.deliver();
    const { body } = await half.act('submit-answer', { answer: service.inbox.lastSmsCode(made.number) });
    isAt(await pastRest(half, body), 'consent');
    await changePhone(service, owner, names().number);
    isProblem(await half.act('approve'), 410, 'flow_expired');
    isProblem(await half.look(), 410, 'flow_expired');
    assert.equal((await half.fetch('/account/v1/contacts')).status, 401);
    await owner.startFlow({ ...relyingParty(service).request, prompt: 'consent' });
    isAt((await owner.act('approve')).body, 'consent');
    isDone((await owner.act('approve')).body);
  });

  test('the same of a mail beside an SMS', async () => {
    const made = await person();
    await counting('sms-code', 'email-code');
    const owner = await ownerOf(made);
    const half = await passedSms(made.number, { ...relyingParty(service).request, prompt: 'consent' });
    isAt((await half.act('choose-method', { method: 'email-code' })).body, 'enter-code');
    await service.deliver();
    const { body } = await half.act('submit-answer', { answer: service.inbox.lastCode(made.email) });
    isAt(await pastRest(half, body), 'consent');
    await changeEmail(service, owner, names().email);
    isProblem(await half.act('approve'), 410, 'flow_expired');
    assert.equal((await half.fetch('/account/v1/contacts')).status, 401);
  });

  test('digits that went to a number before it was changed are no second factor any more', async () => {
    const made = await person();
    await counting('sms-code');
    const owner = await ownerOf(made);
    const half = await passedMail(service, made.email);
    isAt((await half.act('choose-method', { method: 'sms-code' })).body, 'enter-code');
    await service.deliver();
    const old = service.inbox.lastSmsCode(made.number);
    await changePhone(service, owner, names().number);
    isProblem(await half.act('submit-answer', { answer: old }), 422, 'code_spent');
    assert.equal((await half.fetch('/account/v1/contacts')).status, 401);
  });

  test('a password and an SMS are two factors only where no SMS replaces the password, in any app of the service', async () => {
    const { email, number } = await withPassword();
    await counting('sms-code');
    const one = await passedPassword(service, email);
    isDone(await settle(one, await one.look()));
    await setRecoveredBy(service, ['email']);
    const browser = await passedPassword(service, email);
    isAt((await browser.look()).body, 'second-factor');
    isAt((await browser.act('choose-method', { method: 'sms-code' })).body, 'enter-code');
    isDone(await answerSms(browser, number));
    const [app] = await service.store.apps.list();
    assert.ok(app);
    await service.store.apps.put({ ...app, id: 'lax' as typeof app.id, preferences: { ...app.preferences, recovery: { ...app.preferences.recovery, by: ['sms'] } } });
    const shared = await passedPassword(service, email);
    isDone(await settle(shared, await shared.look()));
    await setRecoveredBy(service, ['email', 'sms']);
  });

  test('a password is replaced by no message that the app does not name', async () => {
    const { number } = await withPassword();
    await setRecoveredBy(service, ['email']);
    const { browser } = await askForSms(service, number, { kind: 'recover' });
    await browser.act('choose-method', { method: 'sms-code' });
    await service.deliver();
    const { body } = await browser.act('submit-answer', { answer: service.inbox.lastSmsCode(number) });
    assert.notEqual(body.step, 'set-password');
    assert.notEqual((await browser.act('submit-password', { password: goodPassword })).status, 200);
    await setRecoveredBy(service, ['email', 'sms']);
  });

  test('nor on the account page by a session that such a message alone opened; the current one, or another message, does', async () => {
    const { email, number } = await withPassword();
    await setRecoveredBy(service, ['email']);
    const change = (browser: Browser, body: object) => browser.fetch('/account/v1/password', {
      method: 'POST', headers: { 'Content-Type': 'application/json', 'Origin': service.origin }, body: JSON.stringify({ client_id: 'notes-web', ...body }),
    });
    const bySms = await passedSms(number);
    isDone(await settle(bySms, await bySms.look()));
    const refused = await change(bySms, { new_password: otherPassword });
    assert.deepEqual([refused.status, (refused.body as FlowBody).code], [403, 'reauthentication_required']);
    assert.equal((await change(bySms, { current_password: goodPassword, new_password: otherPassword })).status, 204);
    const byMail = await passedMail(service, email);
    isDone(await settle(byMail, await byMail.look()));
    assert.equal((await change(byMail, { new_password: goodPassword })).status, 204);
    await setRecoveredBy(service, ['email', 'sms']);
  });

  test('whoever has lost their number too is rid of it where support lets them replace what is lost', async () => {
    const { id, email, number } = await withPassword();
    await counting('sms-code', 'totp');
    await service.auth.startRecovery({ owner: { email }, clientId: 'notes-web', startedBy: 'desk', reason: 'lost', replacesSecondFactors: true });
    service.clock.advance(86_401);
    const browser = new Browser(service);
    await browser.startFlow({ kind: 'recover' });
    await browser.act('submit-identifier', { identifier: email });
    const view = isAt(await typeCode(browser, email, service), 'second-factor');
    assert.deepEqual([view.methods, view.may_skip], [['sms-code'], true]);
    isAt((await browser.act('skip')).body, 'set-password');
    const user = await service.store.users.find(id);
    assert.deepEqual([user?.phone, user?.email?.canonical], [undefined, email]);
    await service.deliver();
    assert.match(service.inbox.listSms().find(({ to }) => to === number)?.text ?? '', /recovered/);
    isAt((await browser.act('submit-password', { password: otherPassword })).body, 'enter-password');
    const again = isAt((await browser.act('submit-password', { password: otherPassword })).body, 'enroll-totp');
    assert.equal(again.may_skip, true);
  });

  test('whoever has a number alone as second factor makes new recovery codes too, and remembered devices are asked again', async () => {
    const { id, email, number } = await person();
    await service.setPolicy('optional', { methods: ['sms-code'], rememberDevice: { days: 30 } });
    const browser = await passedMail(service, email);
    isAt((await browser.act('choose-method', { method: 'sms-code' })).body, 'enter-code');
    await service.deliver();
    isDone(await pastRest(browser, (await browser.act('submit-answer', { answer: service.inbox.lastSmsCode(number), remember_device: true })).body));
    const isRemembered = async (): Promise<boolean> => (await service.store.devices.listOf(id)).some(({ remembered }) => remembered !== undefined);
    assert.equal(await isRemembered(), true);
    // A number that codes go to is a second factor: an authenticator app is one more, and no first one.
    assert.equal((await browser.post('/account/v1/totp-offers', {})).status, 201);
    const reply = await browser.post('/account/v1/recovery-codes', {});
    assert.equal(reply.status, 201, reply.text);
    assert.equal(await isRemembered(), false);
    await service.setPolicy('off', { rememberDevice: false });
  });

  test('whoever shows a second factor that another app counts, and has the one that this app does, shows that too and is in', async () => {
    const { email, number } = await person();
    await service.setPolicy('required', { methods: ['totp'] });
    const first = await passedMail(service, email);
    const { secret, view } = await setUpTotp(first, (await first.look()).body, service);
    isDone(view);
    await service.setPolicy('required', { methods: ['sms-code'] });
    service.clock.advance(61);
    const browser = await passedMail(service, email);
    assert.deepEqual(isAt((await browser.look()).body, 'second-factor').methods, ['totp', 'sms-code', 'recovery-code']);
    await browser.act('choose-method', { method: 'totp' });
    const choice = isAt((await browser.act('submit-answer', { answer: nextDigits(secret, service) })).body, 'second-factor');
    assert.deepEqual([choice.purpose, choice.methods], ['prove', ['sms-code', 'recovery-code']]);
    isAt((await browser.act('choose-method', { method: 'sms-code' })).body, 'enter-code');
    await service.deliver();
    isDone(await settle(browser, await browser.act('submit-answer', { answer: service.inbox.lastSmsCode(number) })));
  });

  test('nobody puts another number where the code goes by a mail alone, not in an app without a policy either', async () => {
    const [made, thief] = [await person(), names()];
    await service.setPolicy('off', { methods: ['sms-code'] });
    const browser = await passedMail(service, made.email);
    isDone(await settle(browser, await browser.look()));
    const [app] = await service.store.apps.list();
    assert.ok(app);
    await service.store.apps.put({ ...app, id: 'strict' as typeof app.id, preferences: { ...app.preferences, mfa: { ...app.preferences.mfa, policy: 'optional', methods: ['sms-code'] } } });
    const ask = async (): Promise<Reply> => browser.post('/account/v1/contact-changes', { client_id: 'notes-web', phone_number: thief.number });
    isProblem(await ask(), 403, 'reauthentication_required');
    await service.setPolicy('off');
    assert.equal((await ask()).status, 202, 'no app counts codes');
  });

  test('nobody is given a passkey by one factor who could be asked for a code in another app', async () => {
    const { email } = await person();
    await service.setPolicy('off');
    const [app] = await service.store.apps.list();
    assert.ok(app);
    await service.store.apps.put({ ...app, id: 'strict' as typeof app.id, preferences: { ...app.preferences, mfa: { ...app.preferences.mfa, policy: 'required', methods: ['sms-code', 'totp'] } } });
    isDone((await (await passedMail(service, email)).look()).body);
    await service.setPolicy('off');
  });
});
