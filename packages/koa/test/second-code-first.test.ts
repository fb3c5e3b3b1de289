/** Whoever comes first by what is second to something else of theirs: one factor, in whichever order, sets nothing up. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { AppId } from '../src/model/ids.ts';
import { Browser, isAt, isDone, isProblem, type FlowBody } from './browser.ts';
import { askFor } from './contact-scene.ts';
import { addReachable, addReachableWithPassword, passedPassword, setRecoveredBy, startWithMfa, type MfaScene } from './mfa-scene.ts';
import { settle } from './password-scene.ts';
import { claimsOf, codeIn, relyingParty } from './relying-party.ts';
import { askForSms, numberOf } from './sms-scene.ts';

describe('what is second to something else, come first', () => {
  let service: MfaScene;
  before(async () => {
    service = await startWithMfa();
  });
  after(() => service.close());

  let people = 0;
  const names = (): { readonly email: string; readonly number: string } => ({ email: `turned-${(people += 1)}@example.test`, number: numberOf(7_000 + people) });
  /** Pauses between messages are no part of this. */
  const passedSms = async (number: string, request: Record<string, unknown> = {}): Promise<Browser> => {
    service.clock.advance(120);
    const { browser } = await askForSms(service, number, request);
    await browser.act('choose-method', { method: 'sms-code' });
    await service.deliver();
    await browser.act('submit-answer', { answer: service.inbox.lastSmsCode(number) });
    return browser;
  };
  /** To the end, past recovery codes that are new. */
  const ended = async (browser: Browser, answer: string | undefined): Promise<FlowBody> => {
    const { body } = await browser.act('submit-answer', { answer });
    return settle(browser, body.step === 'show-recovery-codes' ? await browser.act('submit-answer', { answer: body.codes[0] }) : { body });
  };
  const setMailCodes = async (isOn: boolean): Promise<void> => {
    for (const app of await service.store.apps.list()) {
      const { methods } = app.preferences;
      await service.store.apps.put({ ...app, preferences: { ...app.preferences, methods: { ...methods, 'email-code': { ...methods['email-code'], isOn } } } });
    }
  };

  const setPaper = async (isOn: boolean): Promise<void> => {
    for (const app of await service.store.apps.list()) {
      const { methods, recovery } = app.preferences;
      await service.store.apps.put({ ...app, preferences: { ...app.preferences, methods: { ...methods, 'recovery-code': { ...methods['recovery-code'], isOn } }, recovery: { ...recovery, supportUrl: 'https://help.example/' } } });
    }
  };

  for (const policy of ['optional', 'adaptive', 'required'] as const) {
    test(`whoever comes by the number that is second to their mail shows the mail, with the policy ${policy}, and sets nothing up by an SMS alone`, async () => {
      const { email, number } = await addReachable(service, names());
      await service.setPolicy(policy, { methods: ['totp', 'sms-code'] });
      const party = relyingParty(service);
      const browser = await passedSms(number, { ...party.request });
      const view = isAt((await browser.look()).body, 'second-factor');
      assert.deepEqual([view.purpose, view.methods, view.may_skip, view.sends_to], ['prove', ['email-code'], false, { 'email-code': '••••@example.test' }]);
      isProblem(await browser.act('choose-method', { method: 'totp' }), 403, 'method_disabled');
      await browser.act('choose-method', { method: 'email-code' });
      await service.deliver();
      const done = isDone(await ended(browser, service.inbox.lastCode(email)));
      const { id_token: idToken } = (await party.exchange(codeIn(done.redirect_to))).body;
      assert.deepEqual([claimsOf(idToken)['acr'], claimsOf(idToken)['amr']], ['mfa', ['otp', 'sms', 'email', 'mfa']]);
    });
  }

  test('and so does whoever comes by the link of the mail that is second to their number: it is their SMS then', async () => {
    const { email, number } = await addReachable(service, names());
    await service.setPolicy('required', { methods: ['totp', 'email-code'] });
    const browser = new Browser(service);
    await browser.startFlow();
    await browser.act('submit-identifier', { identifier: email });
    await browser.act('choose-method', { method: 'magic-link' });
    await service.deliver();
    await browser.postForm('/link', { secret: service.inbox.lastLink(email)?.split('/').at(-1) ?? '' });
    const view = isAt((await browser.act('approve')).body, 'second-factor');
    assert.deepEqual([view.purpose, view.methods], ['prove', ['sms-code']]);
    await browser.act('choose-method', { method: 'sms-code' });
    await service.deliver();
    isDone(await ended(browser, service.inbox.lastSmsCode(number)));
  });

  test('where the first factor cannot come second, as a password and a link cannot, a recovery code stands in for it', async () => {
    const { number } = await addReachableWithPassword(service, names());
    await setRecoveredBy(service, ['email']);
    await service.setPolicy('required', { methods: ['totp', 'sms-code'] });
    const owner = await passedPassword(service, number);
    await owner.act('choose-method', { method: 'sms-code' });
    await service.deliver();
    isDone(await ended(owner, service.inbox.lastSmsCode(number)));
    await setMailCodes(false);
    const view = isAt((await (await passedSms(number)).look()).body, 'second-factor');
    await setMailCodes(true);
    assert.deepEqual([view.purpose, view.methods], ['prove', ['recovery-code']]);
    await setRecoveredBy(service, ['email', 'sms']);
  });

  test('where the app gives no recovery codes, they begin with the first factor, and the number alone sets nothing up', async () => {
    const { number } = await addReachableWithPassword(service, names());
    await setRecoveredBy(service, ['email']);
    await setMailCodes(false);
    for (const policy of ['required', 'optional', 'adaptive'] as const) {
      await service.setPolicy(policy, { methods: ['totp', 'sms-code'] });
      await setPaper(false);
      const stuck = await passedSms(number);
      const view = isAt((await stuck.look()).body, 'second-factor');
      assert.deepEqual([view.purpose, view.methods, view.may_skip, view.support_url], ['prove', [], false, 'https://help.example/']);
      isProblem(await stuck.act('choose-method', { method: 'totp' }), 403, 'method_disabled');
      isProblem(await stuck.act('skip'), 409, 'action_not_allowed');
      assert.equal((await stuck.act('restart')).body.step, 'identify');
      service.clock.advance(3_600);
      const owner = await passedPassword(service, number);
      await owner.act('choose-method', { method: 'sms-code' });
      await service.deliver();
      isDone(await ended(owner, service.inbox.lastSmsCode(number)));
    }
    await setPaper(true);
    await setMailCodes(true);
    await setRecoveredBy(service, ['email', 'sms']);
  });

  test('whoever has a number alone has nothing to show beside it, and sets something up', async () => {
    const { number } = await addReachable(service, names(), { email: false, number: true });
    await service.setPolicy('required', { methods: ['totp', 'sms-code'] });
    isAt((await (await passedSms(number)).look()).body, 'enroll-totp');
  });

  test('an app without a policy gives neither a passkey nor another address for that SMS alone', async () => {
    const { number } = await addReachable(service, names());
    await service.setPolicy('off');
    const notes = await service.store.apps.find('notes' as AppId);
    assert.ok(notes);
    const guarded = { ...notes, id: 'guarded' as AppId, preferences: { ...notes.preferences, mfa: { ...notes.preferences.mfa, policy: 'required' as const, methods: ['totp', 'sms-code'] as const } } };
    await service.store.apps.put(guarded);
    const browser = await passedSms(number);
    isDone((await browser.look()).body);
    isProblem(await askFor(service, browser, { email: 'thief@example.test' }), 403, 'reauthentication_required');
  });
});
