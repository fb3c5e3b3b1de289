import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createAuth, devInbox, passkey, smsCode, sqlite, type SmsCodeOptions } from '../src/index.ts';
import { Browser, isAt, isDone, isProblem } from './browser.ts';
import { engines } from './engines.ts';
import { goodPassword, quickPassword } from './password-scene.ts';
import { relyingParty } from './relying-party.ts';
import { askForSms, numberOf, startWithSms, wrongCode } from './sms-scene.ts';
import { otherClient, spaClient, startPortico, webClient, type Portico } from './start-portico.ts';

let people = 0;
const freshNumber = (): string => numberOf((people += 1));

for (const engine of engines) {
  describe(`signing in with a code from an SMS (${engine})`, () => {
    let service: Portico;
    before(async () => {
      const clients = (origin: string) => [{ ...webClient(origin), scopes: ['openid', 'phone', 'offline_access'] }, spaClient(origin), otherClient(origin)];
      service = await startWithSms({ engine, clients });
    });
    after(() => service.close());

    const ask = async (number: string, request: Record<string, unknown> = {}): Promise<{ browser: Browser; code: string }> => {
      const { browser, view } = await askForSms(service, number, request);
      const step = isAt(view, 'enter-code');
      assert.deepEqual([step.method, step.sent_to, step.delivery, step.has_link], ['sms-code', number, 'sending', false]);
      const code = service.inbox.lastSmsCode(number);
      assert.ok(code);
      return { browser, code };
    };

    test('the right code opens a session, and the number is the user’s and verified', async () => {
      const party = relyingParty(service);
      const number = freshNumber();
      const { browser, code } = await ask(number, { ...party.request, scope: 'openid phone' });
      isAt((await browser.act('submit-answer', { answer: code })).body, 'enroll-passkey');
      const done = isDone((await browser.act('skip')).body);
      const tokens = (await party.exchange(new URL(done.redirect_to ?? '').searchParams.get('code') ?? '')).body;
      const claims = JSON.parse(Buffer.from(tokens.id_token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
      assert.deepEqual([claims['phone_number'], claims['phone_number_verified'], claims['amr'], claims['acr']], [number, true, ['otp', 'sms'], 'single']);
      assert.equal(claims['email'], undefined);
      const info = (await browser.fetch('/userinfo', { headers: { Authorization: `Bearer ${tokens.access_token}` } })).body as Record<string, unknown>;
      assert.deepEqual([info['phone_number'], info['phone_number_verified']], [number, true]);
    });

    test('the same number, typed in another way, leads to the same user', async () => {
      const number = freshNumber();
      const subjectOf = async (typed: string): Promise<string> => {
        const { browser } = await askForSms(service, typed);
        await browser.act('submit-answer', { answer: service.inbox.lastSmsCode(number) });
        await browser.act('skip');
        return isDone((await browser.look()).body).passkey_signal?.user_id ?? '';
      };
      const first = await subjectOf(number);
      assert.notEqual(first, '');
      assert.equal(await subjectOf(`0${number.slice(3)}`), first);
      assert.equal(await subjectOf(`0049 (0) ${number.slice(3, 6)}-${number.slice(6)}`), first);
    });

    test('a wrong code costs an attempt, three lock the number, and the lock ends', async () => {
      const number = freshNumber();
      const { browser, code } = await ask(number);
      const problem = isProblem(await browser.act('submit-answer', { answer: wrongCode(code) }), 422, 'code_wrong');
      assert.equal(isAt(problem.flow, 'enter-code').attempts_left, 2);
      await browser.act('submit-answer', { answer: wrongCode(code) });
      const locked = isProblem(await browser.act('submit-answer', { answer: wrongCode(code) }), 429, 'too_many_attempts');
      assert.equal(locked.retry_after_seconds, 900);
      assert.deepEqual(isAt(locked.flow, 'blocked').other_methods, ['passkey']);
      service.clock.advance(61);
      const { view } = await askForSms(service, number);
      assert.equal(isAt(view, 'blocked').reason, 'too_many_attempts');
      service.clock.advance(900);
      const again = await ask(number);
      isAt((await again.browser.act('submit-answer', { answer: again.code })).body, 'enroll-passkey');
    });

    test('a code is good once, for five minutes (CVE-2024-8122), for its flow, and until a newer one', async () => {
      const number = freshNumber();
      const { browser, code } = await ask(number);
      const { browser: other } = await ask(freshNumber());
      isProblem(await other.act('submit-answer', { answer: code }), 422, 'code_wrong');
      isProblem(await browser.act('resend'), 429, 'resend_too_soon');
      service.clock.advance(61);
      isAt((await browser.act('resend')).body, 'enter-code');
      await service.deliver();
      const newer = service.inbox.lastSmsCode(number);
      assert.notEqual(newer, code);
      isProblem(await browser.act('submit-answer', { answer: code }), 422, 'code_wrong');
      service.clock.advance(301);
      isProblem(await browser.act('submit-answer', { answer: newer }), 422, 'code_expired');
      await browser.act('resend');
      await service.deliver();
      isAt((await browser.act('submit-answer', { answer: service.inbox.lastSmsCode(number) })).body, 'enroll-passkey');
      isProblem(await browser.act('submit-answer', { answer: service.inbox.lastSmsCode(number) }), 409, 'action_not_allowed');
    });

    test('digits of a mail answer no SMS, and digits of an SMS no mail', async () => {
      const number = freshNumber();
      const { browser, code } = await ask(number);
      const address = `both-${people}@example.test`;
      isAt((await browser.act('go-back')).body, 'identify');
      isAt((await browser.act('submit-identifier', { identifier: address })).body, 'enter-code');
      await service.deliver();
      isProblem(await browser.act('submit-answer', { answer: code }), 422, 'code_wrong');
      const mailed = service.inbox.lastCode(address);
      service.clock.advance(61);
      await browser.act('go-back');
      isAt((await browser.act('submit-identifier', { identifier: number })).body, 'enter-code');
      isProblem(await browser.act('submit-answer', { answer: mailed }), 422, 'code_wrong');
    });

    test('what is no number, and what is neither, each says so, and proves nothing', async () => {
      const { browser } = await ask(freshNumber());
      await browser.act('go-back');
      const landline = isProblem(await browser.act('submit-identifier', { identifier: '+49 30 901820' }), 422, 'phone_malformed');
      assert.deepEqual(landline.errors, [{ path: 'identifier', code: 'phone_malformed' }]);
      assert.equal(isAt(landline.flow, 'identify').identifier, '+49 30 901820');
      assert.deepEqual(isAt(landline.flow, 'identify').identifiers, ['email', 'phone']);
      isProblem(await browser.act('submit-identifier', { identifier: 'mia' }), 422, 'identifier_malformed');
      isProblem(await browser.act('submit-identifier', { identifier: 'mia@' }), 422, 'email_malformed');
      isProblem(await browser.act('choose-method', { method: 'sms-code' }), 409, 'action_not_allowed');
    });

    test('a number that has an account belongs to one user alone, also of fifty that prove it at once', async () => {
      const number = freshNumber();
      const { browser, code } = await ask(number);
      const replies = await Promise.all(Array.from({ length: 50 }, () => browser.act('submit-answer', { answer: code })));
      assert.equal(replies.filter(({ status }) => status === 200).length, 1);
      assert.deepEqual(replies.filter(({ status }) => status >= 500), []);
    });

    test('the last attempt, sent fifty times at once, gets in as if it had been sent once', async () => {
      const number = freshNumber();
      const { browser, code } = await ask(number);
      for (let slip = 0; slip < 2; slip += 1) await browser.act('submit-answer', { answer: wrongCode(code) });
      const replies = await Promise.all(Array.from({ length: 50 }, () => browser.act('submit-answer', { answer: code })));
      assert.equal(replies.filter(({ status }) => status === 200).length, 1);
      isAt((await browser.look()).body, 'enroll-passkey');
    });

    test('of fifty that ask for one number at once one SMS goes out', async () => {
      const number = freshNumber();
      const replies = await Promise.all(Array.from({ length: 50 }, () => askForSms(service, number)));
      assert.equal(replies.filter(({ view }) => view.step === 'enter-code').length, 1);
      assert.ok(replies.every(({ view }) => view.step === 'enter-code' || isAt(view, 'blocked').reason === 'sms_sent_recently'));
      assert.equal(service.inbox.listSms().filter(({ to }) => to === number).length, 1);
    });
  });
}

describe('guesses at the codes of a number', () => {
  test('add up over flows and SMS until the number is locked, and no code comes back to the browser (CVE-2018-14657, CVE-2025-64102, CVE-2026-105211)', async () => {
    const service = await startWithSms({ sms: { resendCooldownSeconds: 0, smsPerHour: 100 } });
    try {
      const number = freshNumber();
      const judged: (string | undefined)[] = [];
      for (let guess = 0; guess < 20; guess += 1) {
        const { browser, view } = await askForSms(service, number);
        if (view.step !== 'enter-code') {
          assert.equal(isAt(view, 'blocked').reason, 'too_many_attempts');
          continue;
        }
        const code = service.inbox.lastSmsCode(number) ?? '';
        judged.push((await browser.act('submit-answer', { answer: wrongCode(code) })).body.code);
        for (const { reply } of browser.history) assert.equal(reply.text.includes(`"${code}"`) || reply.text.includes(`#${code}`), false);
      }
      assert.deepEqual(judged, ['code_wrong', 'code_wrong', 'too_many_attempts']);
    } finally {
      await service.close();
    }
  });
});

describe('the last line of an SMS', () => {
  let service: Portico;
  before(async () => {
    service = await startWithSms();
  });
  after(() => service.close());

  const lastLine = async (client: string, origin: string): Promise<string | undefined> => {
    const number = freshNumber();
    const browser = new Browser(service);
    const started = await browser.post('/flows', { kind: 'sign-in', client_id: client, create_new_user: true }, origin === '' ? {} : { Origin: origin });
    browser.handle = started.body.flow_handle ?? '';
    await browser.act('submit-identifier', { identifier: number });
    await service.deliver();
    return service.inbox.listSms()[0]?.text.split('\n').at(-1)?.replace(/\d+$/, '…');
  };

  test('names the host of the page that asked: ours where it is hosted, the app’s where it is embedded', async () => {
    assert.equal(await lastLine('notes-web', service.origin), '@localhost #…');
    assert.equal(await lastLine('notes-spa', 'https://spa.example'), '@spa.example #…');
  });

  test('never names what a request says of itself: an origin that is not registered begins nothing', async () => {
    const reply = await new Browser(service).post('/flows', { kind: 'sign-in', client_id: 'notes-spa' }, { Origin: 'https://evil.example' });
    isProblem(reply, 403, 'origin_not_allowed');
    const spoofed = await new Browser(service).post('/flows', { kind: 'sign-in', client_id: 'notes-spa', create_new_user: true }, { 'Origin': service.origin, 'X-Forwarded-Host': 'evil.example', 'Forwarded': 'host=evil.example' });
    const browser = new Browser(service);
    browser.handle = spoofed.body.flow_handle ?? '';
    await browser.act('submit-identifier', { identifier: freshNumber() });
    await service.deliver();
    assert.match(service.inbox.listSms()[0]?.text ?? '', /^@localhost #\d+$/m);
  });
});

describe('the budgets of SMS', () => {
  const withBudget = async (sms: SmsCodeOptions, story: (service: Portico) => Promise<void>): Promise<void> => {
    const service = await startWithSms({ sms });
    try {
      await story(service);
    } finally {
      await service.close();
    }
  };

  test('are of a number: five an hour', () => withBudget({ resendCooldownSeconds: 0 }, async (service) => {
    const number = freshNumber();
    for (let sent = 0; sent < 5; sent += 1) isAt((await askForSms(service, number)).view, 'enter-code');
    const { view } = await askForSms(service, number);
    assert.equal(isAt(view, 'blocked').reason, 'too_many_sms');
    service.clock.advance(3_601);
    isAt((await askForSms(service, number)).view, 'enter-code');
    assert.equal(service.inbox.listSms().filter(({ to }) => to === number).length, 6);
  }));

  // Of those that begin alike one caller gets a fifth.
  for (const [name, setting, most] of [['of a caller', 'smsPerCallerPerHour', 3], ['of numbers that begin alike', 'smsPerPrefixPerHour', 15], ['of a country', 'smsPerCountryPerHour', 3]] as const) {
    test(`are ${name}: the next is told that there is none, whoever it is, and nothing goes out`, () => withBudget({ [setting]: most }, async (service) => {
      for (let sent = 0; sent < 3; sent += 1) isAt((await askForSms(service, freshNumber())).view, 'enter-code');
      const browser = new Browser(service);
      await browser.startFlow();
      const refused = isProblem(await browser.act('submit-identifier', { identifier: freshNumber() }), 422, 'sms_unavailable');
      assert.ok((refused.retry_after_seconds ?? 0) > 3_500);
      isAt(refused.flow, 'identify');
      await service.deliver();
      assert.equal(service.inbox.listSms().length, 3);
      isAt((await browser.act('submit-identifier', { identifier: 'mail-instead@example.test' })).body, 'enter-code');
      service.clock.advance(3_601);
      isAt((await askForSms(service, freshNumber())).view, 'enter-code');
    }));
  }

  test('that others have used up tell nobody, when they ask again, that an SMS was sent a moment ago', () => withBudget({ smsPerPrefixPerHour: 1 }, async (service) => {
    isAt((await askForSms(service, freshNumber())).view, 'enter-code');
    const number = freshNumber();
    for (let asked = 0; asked < 2; asked += 1) assert.equal((await askForSms(service, number)).view.code, 'sms_unavailable');
    assert.deepEqual(service.inbox.listSms().filter(({ to }) => to === number), []);
  }));

  test('of one beginning leave another alone, and of one country another', () => withBudget({ smsPerPrefixPerHour: 1, smsPerCountryPerHour: 2 }, async (service) => {
    isAt((await askForSms(service, '+4915110000001')).view, 'enter-code');
    assert.equal((await askForSms(service, '+4915110000002')).view.code, 'sms_unavailable');
    isAt((await askForSms(service, '+4917010000002')).view, 'enter-code');
    assert.equal((await askForSms(service, '+4916010000002')).view.code, 'sms_unavailable');
    isAt((await askForSms(service, '+436641234567')).view, 'enter-code');
  }));

  test('have none for a country that is not named, also where somebody there is a member', () => withBudget({}, async (service) => {
    const { view } = await askForSms(service, '+33612345678');
    assert.deepEqual([view.code, view.retry_after_seconds], ['sms_unavailable', undefined]);
    await service.deliver();
    assert.equal(service.inbox.listSms().length, 0);
  }));

  test('let a caller who has used up theirs use up nobody else’s', () => withBudget({ smsPerCallerPerHour: 1, smsPerHour: 1, resendCooldownSeconds: 0 }, async (service) => {
    isAt((await askForSms(service, freshNumber())).view, 'enter-code');
    const victim = freshNumber();
    assert.equal((await askForSms(service, victim)).view.code, 'sms_unavailable');
    service.clock.advance(3_601);
    isAt((await askForSms(service, victim)).view, 'enter-code');
  }));
});

describe('a password and a number', () => {
  test('go together: sign-up by SMS, sign-in by number and password, forgotten and replaced by SMS', async () => {
    const methods = [quickPassword(), smsCode({ countries: ['DE'] })];
    const service = await startPortico({ auth: { methods } });
    try {
      const number = freshNumber();
      const owner = new Browser(service);
      const first = isAt((await owner.startFlow({ kind: 'sign-up', create_new_user: true })).body, 'identify');
      assert.deepEqual(first.identifiers, ['phone']);
      isProblem(await owner.act('submit-identifier', { identifier: 'mia@example.test' }), 422, 'phone_malformed');
      await owner.act('submit-identifier', { identifier: number });
      await service.deliver();
      isAt((await owner.act('submit-answer', { answer: service.inbox.lastSmsCode(number) })).body, 'set-password');
      isDone((await owner.act('submit-password', { password: goodPassword })).body);
      const again = new Browser(service);
      await again.startFlow();
      const step = isAt((await again.act('submit-identifier', { identifier: `0${number.slice(3)}` })).body, 'enter-password');
      assert.deepEqual([step.reset_with, step.other_methods], ['sms-code', ['sms-code']]);
      isProblem(await again.act('submit-password', { password: 'not this one, surely not' }), 422, 'password_wrong');
      isDone((await again.act('submit-password', { password: goodPassword })).body);
      service.clock.advance(61);
      const forgetful = new Browser(service);
      await forgetful.startFlow();
      await forgetful.act('submit-identifier', { identifier: number });
      isAt((await forgetful.act('choose-method', { method: 'sms-code', wants_new_password: true })).body, 'enter-code');
      await service.deliver();
      isAt((await forgetful.act('submit-answer', { answer: service.inbox.lastSmsCode(number) })).body, 'set-password');
      isAt((await forgetful.act('submit-password', { password: 'ein anderer Satz aus Worten' })).body, 'enter-password');
      isDone((await forgetful.act('submit-password', { password: 'ein anderer Satz aus Worten' })).body);
      const { sessions } = (await forgetful.fetch('/account/v1/sessions')).body as { sessions: readonly unknown[] };
      assert.equal(sessions.length, 1, 'the other sessions have ended');
    } finally {
      await service.close();
    }
  });
});

describe('createAuth, with SMS on', () => {
  const start = (sms: SmsCodeOptions, hasSender = true): Promise<unknown> => {
    const inbox = devInbox();
    return createAuth({
      issuer: 'http://localhost:3000', store: sqlite(':memory:'), secret: 'the-secret-of-a-host-that-only-tests-know', methods: [passkey(), smsCode(sms)], mailer: inbox,
      ...(hasSender ? { smsSender: inbox } : {}), log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      apps: [{ id: 'notes', name: 'Notes', clients: [webClient('http://localhost:3000')] }],
    });
  };

  test('refuses to start without somebody who sends them, without countries, and with countries that there are not', async () => {
    await assert.rejects(start({ countries: ['DE'] }, false), /app "notes" has smsCode\(\) on, but there is no smsSender/);
    await assert.rejects(start({}), /no countries/);
    await assert.rejects(start({ countries: ['DE', 'XX'] }), /"XX" is no country/);
    await assert.rejects(start({ countries: ['DE'], defaultCountry: 'AT' }), /"AT" is not one of its countries/);
  });

  test('starts with countries, or with all of them said aloud', async () => {
    for (const countries of [['DE'], 'all'] as const) await ((await start({ countries: countries === 'all' ? 'all' : [...countries] })) as { close(): Promise<void> }).close();
  });
});
