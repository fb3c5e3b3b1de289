/** The flow that asks whoever is signed in for what is missing, and nobody else for anything. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browser, isAt, isDone, type FlowBody } from './browser.ts';
import { addOwner, addPerson, nextDigits, passedPassword, startWithMfa, type MfaScene, type Owner } from './mfa-scene.ts';
import { goodPassword, otherPassword, settle } from './password-scene.ts';
import { answerIn, claimsOf, codeIn, relyingParty, type RelyingParty } from './relying-party.ts';
import { createAuthenticator } from './software-authenticator.ts';

describe('a step-up', () => {
  let service: MfaScene;
  let people = 0;
  before(async () => {
    service = await startWithMfa();
  });
  after(() => service.close());
  const person = (): string => `stepping-${(people += 1)}@example.test`;
  const digits = (secret: string): string => nextDigits(secret, service);

  async function owner(): Promise<Owner & { readonly browser: Browser }> {
    const made = await addOwner(service, person());
    const browser = await passedPassword(service, made.email);
    isDone(await settle(browser, await browser.look()));
    return { ...made, browser };
  }

  async function stepUp(browser: Browser, ask: Readonly<Record<string, string>>, party: RelyingParty = relyingParty(service)): Promise<FlowBody> {
    const reply = await browser.startFlow({ kind: 'step-up', ...party.request, ...ask });
    assert.equal(reply.status, 201, reply.text);
    return reply.body;
  }

  test('asks for the second factor at once, and ends in a code and a new session that have both', async () => {
    const { browser, email, secret } = await owner();
    const earlier = browser.cookies.get('portico-session');
    const party = relyingParty(service);
    const view = isAt(await stepUp(browser, { acr_values: 'mfa' }, party), 'enter-totp');
    assert.deepEqual([view.kind, view.stepping_up_as], ['step-up', email]);
    const done = isDone(await settle(browser, await browser.act('submit-answer', { answer: digits(secret) })));
    const claims = claimsOf((await party.exchange(codeIn(done.redirect_to))).body.access_token);
    assert.deepEqual([claims['acr'], claims['amr']], ['mfa', ['pwd', 'otp', 'mfa']]);
    assert.notEqual(browser.cookies.get('portico-session'), earlier);
  });

  test('of whoever lacks nothing ends at once, in a code of the session that is there', async () => {
    const { browser, secret } = await owner();
    await stepUp(browser, { acr_values: 'mfa' });
    isDone(await settle(browser, await browser.act('submit-answer', { answer: digits(secret) })));
    const session = browser.cookies.get('portico-session');
    const party = relyingParty(service);
    const done = isDone(await stepUp(browser, { acr_values: 'mfa', max_age: '600' }, party));
    assert.equal(claimsOf((await party.exchange(codeIn(done.redirect_to))).body.access_token)['acr'], 'mfa');
    assert.equal(browser.cookies.get('portico-session'), session);
  });

  test('with max_age asks for the password anew, of the person who is signed in, and then for the second factor', async () => {
    const { browser, email, secret } = await owner();
    service.clock.advance(600);
    const party = relyingParty(service);
    const view = isAt(await stepUp(browser, { acr_values: 'mfa', max_age: '300' }, party), 'enter-password');
    assert.equal(view.identifier, email);
    isAt((await browser.act('submit-password', { password: goodPassword })).body, 'enter-totp');
    const done = isDone(await settle(browser, await browser.act('submit-answer', { answer: digits(secret) })));
    const claims = claimsOf((await party.exchange(codeIn(done.redirect_to))).body.id_token);
    assert.deepEqual([claims['acr'], claims['auth_time']], ['mfa', Math.floor(service.clock.now().getTime() / 1_000)]);
  });

  test('with max_age alone asks for one factor, where the app asks for no more', async () => {
    const email = person();
    const browser = await addPerson(service, email);
    isAt(await stepUp(browser, { max_age: '0' }), 'enter-password');
    isDone(await settle(browser, await browser.act('submit-password', { password: goodPassword })));
  });

  test('goes on by a session whose password has to be replaced by now: that is asked of whoever types it', async () => {
    const { browser, email, secret } = await owner();
    assert.equal(await service.auth.demandNewPassword({ owner: { email }, demandedBy: 'ops' }), true);
    service.clock.advance(1);
    isAt(await stepUp(browser, { acr_values: 'mfa' }), 'enter-totp');
    isDone(await settle(browser, await browser.act('submit-answer', { answer: digits(secret) })));
    service.clock.advance(60);
    isAt(await stepUp(browser, { max_age: '30' }), 'enter-password');
    isAt((await browser.act('submit-password', { password: goodPassword })).body, 'set-password');
    assert.equal((await browser.act('skip')).body.code, 'action_not_allowed');
    isDone(await settle(browser, await browser.act('submit-password', { password: otherPassword })));
    assert.equal((await browser.fetch('/account/v1/sessions')).status, 200);
  });

  test('sends no mail before its person says so', async () => {
    const email = person();
    await service.setPolicy('off');
    const browser = new Browser(service);
    await browser.startFlow({ kind: 'sign-up', create_new_user: true });
    await browser.act('submit-identifier', { identifier: email });
    await service.deliver();
    isAt((await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body, 'set-password');
    isDone(await settle(browser, await browser.act('skip')));
    const mails = service.inbox.list().length;
    service.clock.advance(60);
    const view = isAt(await stepUp(browser, { max_age: '30' }), 'choose-method');
    assert.deepEqual(view.methods.toSorted(), ['email-code', 'magic-link']);
    await service.deliver();
    assert.equal(service.inbox.list().length, mails);
    const sent = isAt((await browser.act('choose-method', { method: 'email-code' })).body, 'enter-code');
    assert.deepEqual(sent.other_methods.filter((name) => name === 'password' || name === 'passkey'), [], 'they have neither');
    await service.deliver();
    isDone((await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })).body);
  });

  test('offers its person no passkey: they want to go on where they were', async () => {
    const browser = await addPerson(service, person());
    isAt(await stepUp(browser, { max_age: '0' }), 'enter-password');
    isDone((await browser.act('submit-password', { password: goodPassword })).body);
  });

  test('by a passkey takes that of its person, and nobody else’s', async () => {
    const addOne = async (): Promise<{ readonly browser: Browser; readonly authenticator: ReturnType<typeof createAuthenticator> }> => {
      const email = person();
      await addPerson(service, email);
      await service.setPolicy('off', { methods: ['totp', 'passkey'] });
      service.clock.advance(15 * 86_400);
      const authenticator = createAuthenticator();
      const again = await passedPassword(service, email);
      const offer = isAt((await again.look()).body, 'enroll-passkey');
      isDone((await again.act('enroll', { credential: authenticator.register(offer.creation.options, { origin: service.origin }) })).body);
      return { browser: again, authenticator };
    };
    const [theirs, mine] = [await addOne(), await addOne()];
    const view = isAt(await stepUp(mine.browser, { max_age: '0' }), 'use-passkey');
    const stolen = theirs.authenticator.authenticate({ ...view.passkey.options, allowCredentials: [] }, { origin: service.origin });
    assert.equal((await mine.browser.act('submit-passkey', { credential: stolen })).body.code, 'passkey_refused');
    const asked = isAt((await mine.browser.look()).body, 'use-passkey');
    isDone((await mine.browser.act('submit-passkey', { credential: mine.authenticator.authenticate(asked.passkey.options, { origin: service.origin }) })).body);
  });

  test('of whoever would have to set up a factor has them prove the first anew: a browser that was left open is no leave to add one', async () => {
    const browser = await addPerson(service, person());
    await service.setPolicy('off', { methods: ['totp'] });
    isAt(await stepUp(browser, { acr_values: 'mfa' }), 'enter-password');
    isAt((await browser.act('submit-password', { password: goodPassword })).body, 'enroll-totp');
  });

  test('is a sign-in for whoever is not signed in, or is not whom the request is about', async () => {
    assert.equal(isAt(await stepUp(new Browser(service), { acr_values: 'mfa' }), 'identify').kind, 'sign-in');
    const { browser } = await owner();
    const someone = JSON.stringify({ id_token: { sub: { value: 'somebody-else' } } });
    assert.equal(isAt(await stepUp(browser, { acr_values: 'mfa', claims: someone }), 'identify').kind, 'sign-in');
    browser.plant('portico-session', 'x'.repeat(43));
    assert.equal(isAt(await stepUp(browser, { acr_values: 'mfa' }), 'identify').kind, 'sign-in');
  });

  test('resets no password: whoever has forgotten theirs proves who they are by something else', async () => {
    const { browser, email } = await owner();
    assert.equal(isAt(await stepUp(browser, { max_age: '0' }), 'enter-password').reset_with, undefined);
    service.clock.advance(60);
    const view = isAt((await browser.act('choose-method', { method: 'email-code', wants_new_password: true })).body, 'enter-code');
    assert.equal(view.kind, 'step-up');
    await service.deliver();
    isDone(await settle(browser, await browser.act('submit-answer', { answer: service.inbox.lastCode(email) })));
  });

  test('that was pushed is found again by a page that is loaded again, at its step', async () => {
    const { browser, secret } = await owner();
    const party = relyingParty(service);
    const { request_uri: requestUri } = (await party.push({ acr_values: 'mfa' })).body;
    isAt((await browser.startFlow({ kind: 'step-up', request_uri: requestUri })).body, 'enter-totp');
    isAt((await browser.startFlow({ kind: 'step-up', request_uri: requestUri })).body, 'enter-totp');
    isDone(await settle(browser, await browser.act('submit-answer', { answer: digits(secret) })));
    const stranger = new Browser(service);
    const pushed = (await party.push({ acr_values: 'mfa' })).body.request_uri;
    for (const _ of [1, 2]) assert.equal(isAt((await stranger.startFlow({ kind: 'step-up', request_uri: pushed })).body, 'identify').kind, 'sign-in');
  });

  test('tells the client what is not reached, where that is essential', async () => {
    const browser = await addPerson(service, person());
    await service.setPolicy('off', { methods: ['totp'] });
    isAt(await stepUp(browser, { claims: JSON.stringify({ id_token: { acr: { essential: true, value: 'phr' } } }) }), 'enter-password');
    const done = isDone(await settle(browser, await browser.act('submit-password', { password: goodPassword })));
    assert.equal(answerIn(done.redirect_to).get('error'), 'unmet_authentication_requirements');
  });

  test('ends with the session that it began with', async () => {
    const { browser, secret } = await owner();
    isAt(await stepUp(browser, { acr_values: 'mfa' }), 'enter-totp');
    const { sessions } = (await browser.fetch('/account/v1/sessions')).body as { sessions: readonly { readonly id: string; readonly is_current: boolean }[] };
    const own = sessions.find((session) => session.is_current);
    await browser.fetch(`/account/v1/sessions/${own?.id}`, { method: 'DELETE' });
    const reply = await browser.act('submit-answer', { answer: digits(secret) });
    assert.equal(reply.body.code, 'flow_expired', reply.text);
  });

  test('none of it was a fault of ours', () => {
    assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
  });
});
