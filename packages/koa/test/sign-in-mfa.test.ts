import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Browser, isAt, isDone, isProblem } from './browser.ts';
import { addOwner, addPerson, digitsNow, nextDigits, passedPassword, passPassword, setUpTotp, startWithMfa, wrongDigits, type MfaScene, type Owner } from './mfa-scene.ts';
import { settle } from './password-scene.ts';
import { claimsOf, codeIn, relyingParty } from './relying-party.ts';
import { createAuthenticator, type SoftwareAuthenticator } from './software-authenticator.ts';

describe('signing in with a second factor', () => {
  let service: MfaScene;
  before(async () => {
    service = await startWithMfa();
  });
  after(() => service.close());

  let people = 0;
  const person = (): string => `mfa-${(people += 1)}@example.test`;
  const owner = async (): Promise<Owner> => {
    const made = await addOwner(service, person());
    await service.setPolicy('optional');
    return made;
  };
  const kinds = async (): Promise<readonly string[]> => (await service.store.audit.list(30)).map(({ kind }) => kind);
  const mailsTo = (email: string): readonly string[] => service.inbox.list().filter(({ to }) => to === email).map(({ subject }) => subject);

  test('a password and the digits of an authenticator app open a session, whose tokens say mfa', async () => {
    const { email, secret } = await owner();
    const party = relyingParty(service);
    const browser = await passedPassword(service, email, party.request);
    const view = isAt((await browser.look()).body, 'enter-totp');
    assert.deepEqual([view.code_length, view.other_methods], [6, ['recovery-code']]);
    const done = isDone(await settle(browser, await browser.act('submit-answer', { answer: nextDigits(secret, service) })));
    const { id_token: idToken } = (await party.exchange(codeIn(done.redirect_to))).body;
    assert.deepEqual([claimsOf(idToken)['acr'], claimsOf(idToken)['amr']], ['mfa', ['pwd', 'otp', 'mfa']]);
    assert.equal(new URL((await relyingParty(service).authorize(browser, { prompt: 'none' })).headers.get('Location') ?? '').searchParams.has('code'), true);
  });

  test('digits may have spaces and be of another script; those of the step before are taken, older ones are not', async () => {
    const { email, secret } = await owner();
    const browser = await passedPassword(service, email);
    service.clock.advance(120);
    isProblem(await browser.act('submit-answer', { answer: digitsNow(secret, service, -2) }), 422, 'totp_wrong');
    const arabic = [...digitsNow(secret, service, -1)].map((digit) => String.fromCodePoint(0x660 + Number(digit))).join(' ');
    isDone(await settle(browser, await browser.act('submit-answer', { answer: arabic })));
  });

  test('the same digits open nothing a second time, nor do those of an earlier step (RFC 6238, section 5.2)', async () => {
    const { email, secret } = await owner();
    const first = await passedPassword(service, email);
    const answer = nextDigits(secret, service);
    isDone(await settle(first, await first.act('submit-answer', { answer })));
    const second = await passedPassword(service, email);
    isProblem(await second.act('submit-answer', { answer }), 422, 'totp_spent');
    isProblem(await second.act('submit-answer', { answer: digitsNow(secret, service, -1) }), 422, 'totp_spent');
    isDone(await settle(second, await second.act('submit-answer', { answer: nextDigits(secret, service) })));
  });

  test('the digits that set an app up are used with that', async () => {
    const email = person();
    await addPerson(service, email);
    await service.setPolicy('required');
    const browser = await passedPassword(service, email);
    const { secret } = isAt((await browser.look()).body, 'enroll-totp');
    const answer = nextDigits(secret, service);
    isAt((await browser.act('submit-answer', { answer })).body, 'show-recovery-codes');
    const other = await passedPassword(service, email);
    isProblem(await other.act('submit-answer', { answer }), 422, 'totp_spent');
  });

  test('an app whose first digits were never typed is no second factor', async () => {
    const email = person();
    await addPerson(service, email);
    await service.setPolicy('required');
    const browser = await passedPassword(service, email);
    const first = isAt((await browser.look()).body, 'enroll-totp');
    isProblem(await browser.act('submit-answer', { answer: wrongDigits(first.secret.replaceAll(' ', ''), service) }), 422, 'totp_wrong');
    const second = isAt((await (await passedPassword(service, email)).look()).body, 'enroll-totp');
    assert.notEqual(second.secret, first.secret);
    assert.equal(isAt((await browser.look()).body, 'enroll-totp').secret, first.secret, 'a page that looks again sees the same');
  });

  test('wrong digits and wrong recovery codes are one tally, over flows; what is locked stays locked for right ones', async () => {
    const { email, secret, codes } = await owner();
    const [atDigits, atPaper] = [await passedPassword(service, email), await passedPassword(service, email)];
    await atPaper.act('choose-method', { method: 'recovery-code' });
    const one = await passedPassword(service, email);
    for (let tries = 0; tries < 3; tries += 1) isProblem(await one.act('submit-answer', { answer: wrongDigits(secret, service) }), 422, 'totp_wrong');
    const two = await passedPassword(service, email);
    await two.act('choose-method', { method: 'recovery-code' });
    isProblem(await two.act('submit-answer', { answer: '0000-0000-0000-0000' }), 422, 'recovery_code_wrong');
    const locked = isProblem(await two.act('submit-answer', { answer: '0000-0000-0000-0001' }), 429, 'too_many_attempts');
    assert.equal(isAt(locked.flow as never, 'blocked').reason, 'too_many_attempts');
    isProblem(await atDigits.act('submit-answer', { answer: nextDigits(secret, service) }), 429, 'too_many_attempts');
    isProblem(await atPaper.act('submit-answer', { answer: codes[5] }), 429, 'too_many_attempts');
    assert.ok((await kinds()).includes('locked'));
    service.clock.advance(900);
    const browser = await passedPassword(service, email);
    isDone(await settle(browser, await browser.act('submit-answer', { answer: nextDigits(secret, service) })));
  });

  test('whoever comes to a lock after the password is told so at once, with how long, and types nothing in vain', async () => {
    const { email, secret } = await owner();
    const waiting = await passedPassword(service, email);
    const one = await passedPassword(service, email);
    for (let tries = 0; tries < 5; tries += 1) await one.act('submit-answer', { answer: wrongDigits(secret, service) });
    const browser = await passedPassword(service, email);
    const blocked = isAt((await browser.look()).body, 'blocked');
    assert.deepEqual([blocked.reason, blocked.retry_after_seconds, blocked.other_methods], ['too_many_attempts', 900, []]);
    for (const method of ['totp', 'recovery-code']) {
      const reply = await browser.act('choose-method', { method });
      isProblem(reply, 429, 'too_many_attempts');
      assert.equal(reply.headers.get('Retry-After'), '900');
    }
    isProblem(await waiting.act('choose-method', { method: 'recovery-code' }), 429, 'too_many_attempts');
    service.clock.advance(900);
    isAt((await browser.act('choose-method', { method: 'totp' })).body, 'enter-totp');
    isDone(await settle(browser, await browser.act('submit-answer', { answer: nextDigits(secret, service) })));
  });

  test('strangers who have locked it keep a browser that is known from nothing, neither on arrival nor at a choice', async () => {
    const { email, secret, codes } = await owner();
    const known = await passedPassword(service, email);
    isDone(await settle(known, await known.act('submit-answer', { answer: nextDigits(secret, service) })));
    const stranger = await passedPassword(service, email);
    for (let tries = 0; tries < 5; tries += 1) await stranger.act('submit-answer', { answer: wrongDigits(secret, service) });
    isAt((await (await passedPassword(service, email)).look()).body, 'blocked');
    isAt((await passPassword(known, email)).body, 'enter-totp');
    isAt((await known.act('choose-method', { method: 'recovery-code' })).body, 'enter-recovery-code');
    isAt((await known.act('submit-answer', { answer: codes[4] })).body, 'second-factor');
  });

  test('a right password forgives no wrong digits', async () => {
    const { email, secret } = await owner();
    for (let tries = 0; tries < 4; tries += 1) {
      const browser = await passedPassword(service, email);
      isProblem(await browser.act('submit-answer', { answer: wrongDigits(secret, service) }), 422, 'totp_wrong');
    }
    isProblem(await (await passedPassword(service, email)).act('submit-answer', { answer: wrongDigits(secret, service) }), 429, 'too_many_attempts');
  });

  test('what has no shape of digits or of a code costs no attempt', async () => {
    const { email } = await owner();
    const browser = await passedPassword(service, email);
    for (let tries = 0; tries < 8; tries += 1) isProblem(await browser.act('submit-answer', { answer: '12' }), 422, 'totp_wrong');
    await browser.act('choose-method', { method: 'recovery-code' });
    for (let tries = 0; tries < 8; tries += 1) isProblem(await browser.act('submit-answer', { answer: 'my cat' }), 422, 'recovery_code_wrong');
  });

  test('a recovery code gets in once, and is told by mail; what is lost can be replaced at once', async () => {
    const { email, secret, codes } = await owner();
    const browser = await passedPassword(service, email);
    await browser.act('choose-method', { method: 'recovery-code' });
    const offer = isAt((await browser.act('submit-answer', { answer: codes[0]?.toUpperCase().replaceAll('-', ' ') })).body, 'second-factor');
    assert.deepEqual([offer.purpose, offer.may_skip, offer.recovery_codes_left, offer.methods], ['enroll', true, 9, ['totp']]);
    const view = (await browser.act('choose-method', { method: 'totp' })).body;
    const { secret: replacement } = isAt(view, 'enroll-totp');
    isDone(await settle(browser, await browser.act('submit-answer', { answer: nextDigits(replacement, service) })));
    await service.deliver();
    assert.deepEqual(mailsTo(email).filter((subject) => /recovery code|authenticator app/.test(subject)).length, 3);
    const replay = await passedPassword(service, email);
    await replay.act('choose-method', { method: 'recovery-code' });
    isProblem(await replay.act('submit-answer', { answer: codes[0] }), 422, 'recovery_code_wrong');
    // Both apps work now.
    for (const each of [secret, replacement]) {
      const again = await passedPassword(service, email);
      isDone(await settle(again, await again.act('submit-answer', { answer: nextDigits(each, service) })));
    }
    assert.ok((await kinds()).includes('totp_added'));
  });

  test('the offer to replace what is lost can be skipped', async () => {
    const { email, codes } = await owner();
    const browser = await passedPassword(service, email);
    await browser.act('choose-method', { method: 'recovery-code' });
    isAt((await browser.act('submit-answer', { answer: codes[1] })).body, 'second-factor');
    isDone(await settle(browser, await browser.act('skip')));
  });

  test('with the last recovery code come new ones, and the old set is gone', async () => {
    const { email, codes, secret } = await owner();
    for (const [at, answer] of codes.entries()) {
      const browser = await passedPassword(service, email);
      await browser.act('choose-method', { method: 'recovery-code' });
      assert.equal(isAt((await browser.act('submit-answer', { answer })).body, 'second-factor').recovery_codes_left, codes.length - at - 1);
      const next = (await browser.act('skip')).body;
      if (at < codes.length - 1) continue;
      const shown = isAt(next, 'show-recovery-codes');
      isProblem(await browser.act('submit-answer', { answer: codes[0] }), 422, 'recovery_code_wrong');
      isDone(await settle(browser, await browser.act('submit-answer', { answer: shown.codes[9] })));
    }
    const last = await passedPassword(service, email);
    isDone(await settle(last, await last.act('submit-answer', { answer: nextDigits(secret, service) })));
  });

  test('recovery codes that were not typed count for nothing, and the app asks again', async () => {
    const email = person();
    await addPerson(service, email);
    await service.setPolicy('required');
    const browser = await passedPassword(service, email);
    const { secret } = isAt((await browser.look()).body, 'enroll-totp');
    const shown = isAt((await browser.act('submit-answer', { answer: nextDigits(secret, service) })).body, 'show-recovery-codes');
    assert.deepEqual(isAt((await browser.look()).body, 'show-recovery-codes').codes, shown.codes);
    const other = await passedPassword(service, email);
    assert.deepEqual(isAt((await other.look()).body, 'enter-totp').other_methods, []);
    const again = isAt((await other.act('submit-answer', { answer: nextDigits(secret, service) })).body, 'show-recovery-codes');
    assert.equal(again.codes.some((code) => shown.codes.includes(code)), false);
  });

  test('an offer is made once: whoever declines is not asked again, and whoever signs up is offered too', async () => {
    const email = person();
    await addPerson(service, email);
    await service.setPolicy('optional');
    const browser = await passedPassword(service, email);
    assert.equal(isAt((await browser.look()).body, 'enroll-totp').may_skip, true);
    isDone(await settle(browser, await browser.act('skip')));
    isDone(await settle(browser, await (await passedPassword(service, email)).look()));
    assert.ok((await kinds()).includes('second_factor_declined'));
  });

  test('what is required or asked for cannot be skipped', async () => {
    const email = person();
    await addPerson(service, email);
    await service.setPolicy('required');
    const browser = await passedPassword(service, email);
    isAt((await browser.look()).body, 'enroll-totp');
    isProblem(await browser.act('skip'), 409, 'action_not_allowed');
    const { email: asked } = await owner();
    isProblem(await (await passedPassword(service, asked)).act('skip'), 409, 'action_not_allowed');
  });

  test('nobody adds another second factor before they show the one that they have', async () => {
    const email = person();
    await addPerson(service, email);
    await service.setPolicy('required');
    // Two pages at the same offer: the thief knows the password, the owner is faster.
    const [thief, rightful] = [await passedPassword(service, email), await passedPassword(service, email)];
    const offered = isAt((await thief.look()).body, 'enroll-totp');
    const { secret } = await setUpTotp(rightful, (await rightful.look()).body, service);
    isAt((await thief.act('submit-answer', { answer: digitsNow(offered.secret, service) })).body, 'enter-totp');
    assert.equal((await service.store.totps.listOf((await service.store.users.findByEmail(email as never))?.id as never)).length, 1);
    isProblem(await thief.act('submit-answer', { answer: digitsNow(offered.secret, service) }), 422, 'totp_wrong');
    // Nor where an app counts another kind than the one that they have.
    await service.setPolicy('required', { methods: ['passkey'] });
    const elsewhere = await passedPassword(service, email);
    isProblem(await elsewhere.act('choose-method', { method: 'passkey' }), 403, 'method_disabled');
    isAt((await elsewhere.act('submit-answer', { answer: nextDigits(secret, service) })).body, 'enroll-passkey');
    isProblem(await elsewhere.act('skip'), 409, 'action_not_allowed');
  });

  test('an app that asks for no second factor gives nobody who has one a passkey for the password alone', async () => {
    const { email } = await owner();
    const apps = await service.store.apps.list();
    const [app] = apps;
    assert.ok(app);
    await service.store.apps.put({ ...app, preferences: { ...app.preferences, mfa: { ...app.preferences.mfa, policy: 'off' } } });
    await service.store.apps.put({ ...app, id: 'strict' as never, preferences: { ...app.preferences, mfa: { ...app.preferences.mfa, policy: 'required' } } });
    service.clock.advance(15 * 86_400);
    isDone((await (await passedPassword(service, email)).look()).body);
    const none = person();
    const settings = await service.store.apps.list();
    await addPerson(service, none);
    for (const each of settings) await service.store.apps.put(each);
    service.clock.advance(15 * 86_400);
    isAt((await (await passedPassword(service, none)).look()).body, 'enroll-passkey');
    await service.store.apps.put({ ...app, id: 'strict' as never, preferences: { ...app.preferences, mfa: { ...app.preferences.mfa, policy: 'off' } } });
  });

  test('an offer of a passkey that waited is worth nothing once its owner has a second factor', async () => {
    const email = person();
    await addPerson(service, email);
    service.clock.advance(15 * 86_400);
    const thief = await passedPassword(service, email);
    const offer = isAt((await thief.look()).body, 'enroll-passkey');
    const [app] = await service.store.apps.list();
    assert.ok(app);
    const strict = (policy: 'off' | 'required'): Promise<void> =>
      service.store.apps.put({ ...app, id: 'strict' as never, preferences: { ...app.preferences, mfa: { ...app.preferences.mfa, policy } } });
    await service.setPolicy('required');
    const rightful = await passedPassword(service, email);
    isDone((await setUpTotp(rightful, (await rightful.look()).body, service)).view);
    await service.setPolicy('off');
    await strict('required');
    const credential = createAuthenticator().register(offer.creation.options, { origin: service.origin });
    isDone((await thief.act('enroll', { credential })).body);
    const user = await service.store.users.findByEmail(email as never);
    assert.deepEqual(user && await service.store.passkeys.listOf(user.id), []);
    await strict('off');
  });

  test('going back from the second factor forgets the first', async () => {
    const { email, secret } = await owner();
    const browser = await passedPassword(service, email);
    isAt((await browser.act('go-back')).body, 'identify');
    isProblem(await browser.act('submit-answer', { answer: nextDigits(secret, service) }), 409, 'action_not_allowed');
    isProblem(await browser.act('approve'), 409, 'action_not_allowed');
    isAt((await browser.act('submit-identifier', { identifier: email })).body, 'enter-password');
  });

  test('a second factor is no first: it cannot be chosen before another is proved', async () => {
    const { email } = await owner();
    const browser = new Browser(service);
    await browser.startFlow();
    await browser.act('submit-identifier', { identifier: email });
    for (const method of ['totp', 'recovery-code'] as const) isProblem(await browser.act('choose-method', { method }), 403, 'method_disabled');
  });

  test('once a second is asked for, no mail of the first factor helps', async () => {
    const { email } = await owner();
    const browser = await passedPassword(service, email);
    for (const method of ['email-code', 'magic-link', 'password'] as const) isProblem(await browser.act('choose-method', { method }), 403, 'method_disabled');
  });

  test('a step up leaves the old session as it is and opens another', async () => {
    const { email, secret } = await owner();
    await service.setPolicy('off');
    const browser = await passedPassword(service, email);
    isDone(await settle(browser, await browser.look()));
    const before = browser.cookies.get('portico-session');
    await service.setPolicy('required');
    await browser.startFlow(relyingParty(service).request);
    isAt((await browser.act('approve')).body, 'enter-totp');
    isDone(await settle(browser, await browser.act('submit-answer', { answer: nextDigits(secret, service) })));
    assert.notEqual(browser.cookies.get('portico-session'), before);
  });

  test('somebody who is suspended at the second factor gets no further', async () => {
    const { email, secret } = await owner();
    const browser = await passedPassword(service, email);
    const user = await service.store.users.findByEmail(email as never);
    assert.ok(user);
    const suspended = { ...service.store.users, find: async () => ({ ...user, status: 'suspended' as const }) };
    const { find } = service.store.grouped.users;
    Object.assign(service.store.grouped.users, { find: suspended.find });
    try {
      isProblem(await browser.act('submit-answer', { answer: nextDigits(secret, service) }), 410, 'flow_expired');
    } finally {
      Object.assign(service.store.grouped.users, { find });
    }
  });

  test('none of it was a fault of ours', () => {
    assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
  });
});

describe('a passkey as second factor', () => {
  let service: MfaScene;
  before(async () => {
    service = await startWithMfa({ passkeys: { userVerification: 'preferred' } });
  });
  after(() => service.close());

  async function addKey(email: string, authenticator: SoftwareAuthenticator): Promise<void> {
    await addPerson(service, email);
    await service.setPolicy('required', { methods: ['totp', 'passkey'] });
    const browser = await passedPassword(service, email);
    const offer = isAt((await browser.act('choose-method', { method: 'passkey' })).body, 'enroll-passkey');
    const shown = isAt((await browser.act('enroll', { credential: authenticator.register(offer.creation.options, { origin: service.origin }) })).body, 'show-recovery-codes');
    isDone((await browser.act('submit-answer', { answer: shown.codes[3] })).body);
  }

  test('is chosen, made and asked for; recovery codes come with it; of another person it is refused', async () => {
    const others = createAuthenticator();
    await addKey('other@example.test', others);
    const email = 'key@example.test';
    const authenticator = createAuthenticator({ isUserVerified: false });
    await addPerson(service, email);
    await service.setPolicy('required', { methods: ['totp', 'passkey'] });
    const browser = await passedPassword(service, email);
    const choice = isAt((await browser.look()).body, 'second-factor');
    assert.deepEqual([choice.purpose, choice.methods, choice.may_skip], ['enroll', ['totp', 'passkey'], false]);
    const offer = isAt((await browser.act('choose-method', { method: 'passkey' })).body, 'enroll-passkey');
    assert.deepEqual([offer.may_skip, offer.may_upgrade_silently, offer.other_methods], [false, false, ['totp']]);
    const credential = authenticator.register(offer.creation.options, { origin: service.origin });
    isProblem(await browser.act('enroll', { credential, silent: true }), 409, 'action_not_allowed');
    const shown = isAt((await browser.act('enroll', { credential })).body, 'show-recovery-codes');
    isDone((await browser.act('submit-answer', { answer: shown.codes[0] })).body);

    const again = await passedPassword(service, email);
    const asked = isAt((await again.look()).body, 'use-passkey');
    assert.deepEqual([asked.other_methods, asked.is_approved], [['recovery-code'], undefined]);
    isProblem(await again.act('submit-passkey', { credential: others.authenticate(asked.passkey.options, { origin: service.origin }) }), 422, 'passkey_refused');
    const fresh = isAt((await again.look()).body, 'use-passkey');
    isDone((await again.act('submit-passkey', { credential: authenticator.authenticate(fresh.passkey.options, { origin: service.origin }) })).body);
  });

  test('is a way around the lock of what is typed, which stays locked', async () => {
    const email = 'locked-key@example.test';
    const owner = await addOwner(service, email);
    await service.setPolicy('required', { methods: ['passkey'] });
    const authenticator = createAuthenticator({ isUserVerified: false });
    const browser = await passedPassword(service, email);
    await browser.act('submit-answer', { answer: nextDigits(owner.secret, service) });
    const { creation } = isAt((await browser.look()).body, 'enroll-passkey');
    await browser.act('enroll', { credential: authenticator.register(creation.options, { origin: service.origin }) });
    await service.setPolicy('required', { methods: ['totp', 'passkey'] });
    const one = await passedPassword(service, email);
    await one.act('choose-method', { method: 'totp' });
    for (let tries = 0; tries < 5; tries += 1) await one.act('submit-answer', { answer: wrongDigits(owner.secret, service) });
    const next = await passedPassword(service, email);
    assert.deepEqual(isAt((await next.look()).body, 'second-factor').methods, ['totp', 'passkey', 'recovery-code']);
    const blocked = isProblem(await next.act('choose-method', { method: 'totp' }), 429, 'too_many_attempts');
    assert.deepEqual(isAt(blocked.flow as never, 'blocked').other_methods, ['passkey']);
    const asked = isAt((await next.act('choose-method', { method: 'passkey' })).body, 'use-passkey');
    isDone((await next.act('submit-passkey', { credential: authenticator.authenticate(asked.passkey.options, { origin: service.origin }) })).body);
  });

  test('that verifies its user is asked nothing more, and nothing of it was a fault of ours', async () => {
    const authenticator = createAuthenticator();
    await addKey('sure@example.test', authenticator);
    const next = new Browser(service);
    const { passkey } = isAt((await next.startFlow()).body, 'identify');
    assert.ok(passkey);
    isDone((await next.act('submit-passkey', { credential: authenticator.authenticate(passkey.options, { origin: service.origin }) })).body);
    assert.deepEqual(service.log.filter(({ level }) => level === 'error'), []);
  });
});

describe('as many authenticator apps as there may be', () => {
  test('keep nobody from replacing a lost one: it goes as the new one comes, and is one no more', async () => {
    const service = await startWithMfa({ totp: { perUser: 1 } });
    try {
      const { email, secret, codes } = await addOwner(service, 'one-app@example.test');
      await service.setPolicy('required');
      const browser = await passedPassword(service, email);
      await browser.act('choose-method', { method: 'recovery-code' });
      const offer = isAt((await browser.act('submit-answer', { answer: codes[0] })).body, 'second-factor');
      assert.deepEqual([offer.methods, offer.recovery_codes_left], [['totp'], 9]);
      const { secret: replacement } = isAt((await browser.act('choose-method', { method: 'totp' })).body, 'enroll-totp');
      isDone(await settle(browser, await browser.act('submit-answer', { answer: nextDigits(replacement, service) })));
      const again = await passedPassword(service, email);
      isProblem(await again.act('submit-answer', { answer: nextDigits(secret, service) }), 422, 'totp_wrong');
      isDone(await settle(again, await again.act('submit-answer', { answer: nextDigits(replacement, service) })));
      assert.deepEqual((await service.store.audit.list(50)).map(({ kind }) => kind).filter((kind) => kind.startsWith('totp_')), ['totp_removed', 'totp_added', 'totp_added']);
    } finally {
      await service.close();
    }
  });
});

describe('digits as the app says', () => {
  test('eight of them under SHA-256, in a window of none', async () => {
    const service = await startWithMfa({ totp: { digits: 8, algorithm: 'SHA256', window: 0, issuer: 'Ours' } });
    try {
      await addPerson(service, 'eight@example.test');
      await service.setPolicy('required');
      const browser = await passedPassword(service, 'eight@example.test');
      const view = isAt((await browser.look()).body, 'enroll-totp');
      assert.match(view.uri, /^otpauth:\/\/totp\/Ours:eight%40example\.test\?secret=[A-Z2-7]{32}&issuer=Ours&algorithm=SHA256&digits=8$/);
      assert.equal(view.code_length, 8);
      isProblem(await browser.act('submit-answer', { answer: '123456' }), 422, 'totp_wrong');
      assert.ok(view.qr.path.startsWith('M4 4.5h7') && view.qr.size >= 41, 'a quiet zone of four, then the corner');
    } finally {
      await service.close();
    }
  });
});
