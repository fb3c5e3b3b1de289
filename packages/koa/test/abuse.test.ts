import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { puzzleHeader } from '@portico/contract';
import { Browser, isAt, isDone, isProblem, type Reply } from './browser.ts';
import { openerOf } from './engines.ts';
import { addOwner, nextDigits, passedPassword, startWithMfa, wrongDigits } from './mfa-scene.ts';
import { goodPassword, otherPassword, settle, signUp, startWithPasswords, type PasswordSceneOptions } from './password-scene.ts';
import { actSolving, answerTo, asWork } from './solve-puzzle.ts';
import { askForSms, numberOf, startWithSms } from './sms-scene.ts';
import { clientSecret, startPortico, type Portico } from './start-portico.ts';
import { isOfBackground, watchStore } from './watch-store.ts';
import type { OpenStore } from '../src/index.ts';

type When = 'off' | 'adaptive' | 'always';

interface Scene extends Portico {
  readonly store: OpenStore;
}

async function withPasswords(when: When, work: (service: Scene) => Promise<void>, options: PasswordSceneOptions = {}): Promise<void> {
  const store = await openerOf('sqlite').open();
  const service = await startWithPasswords({
    ...options,
    app: { preferences: { puzzles: { when } }, ...options.app },
    auth: { trustedProxies: ['loopback'], store: { open: () => Promise.resolve(store) }, ...options.auth },
  });
  try {
    await work({ ...service, store });
  } finally {
    await service.close();
  }
}

async function guesser(service: Portico, email: string, address?: string): Promise<Browser> {
  const browser = new Browser(service);
  browser.address = address;
  await browser.startFlow();
  isAt((await browser.act('submit-identifier', { identifier: email })).body, 'enter-password');
  return browser;
}

const wrong = { password: otherPassword };
const right = { password: goodPassword };

describe('a puzzle comes before an answer', () => {
  test('once somebody has mistyped twice, and solved it lets the right password through', () => withPasswords('adaptive', async (service) => {
    await signUp(service, 'twice@example.test');
    const browser = await guesser(service, 'twice@example.test');
    for (let tries = 0; tries < 2; tries += 1) isProblem(await browser.act('submit-password', wrong), 422, 'password_wrong');
    const asked = isProblem(await browser.act('submit-password', right), 403, 'puzzle_required');
    isAt(asked.flow, 'enter-password');
    const reply = await browser.act('submit-password', right, { [puzzleHeader]: answerTo(asked.puzzle) });
    isDone(await settle(browser, reply));
    const after = await guesser(service, 'twice@example.test');
    isProblem(await after.act('submit-password', wrong), 422, 'password_wrong');
  }));

  test('and counts nothing until it is solved: who never solves one locks nobody', () => withPasswords('adaptive', async (service) => {
    await signUp(service, 'patient@example.test');
    const machine = await guesser(service, 'patient@example.test');
    for (let tries = 0; tries < 2; tries += 1) await machine.act('submit-password', wrong);
    for (let tries = 0; tries < 20; tries += 1) isProblem(await machine.act('submit-password', wrong), 403, 'puzzle_required');
    const stranger = await guesser(service, 'patient@example.test');
    assert.equal((await actSolving(stranger, 'submit-password', right)).status, 200);
  }));

  test('is harder with each wrong answer, and never harder than a cheap phone solves in two seconds', () => withPasswords('adaptive', async (service) => {
    const browser = await guesser(service, 'harder@example.test');
    const most: number[] = [];
    for (let tries = 0; tries < 8; tries += 1) {
      const { body } = await browser.act('submit-password', wrong);
      if (body.code === 'puzzle_required') {
        most.push(asWork(body.puzzle).most);
        assert.equal(asWork(body.puzzle).iterations, 5_000);
        await browser.act('submit-password', wrong, { [puzzleHeader]: answerTo(body.puzzle) });
      }
    }
    assert.deepEqual(most.slice(0, 3), [50, 100, 200]);
    assert.ok(most.every((each) => each <= 400));
  }, { app: { preferences: { puzzles: { when: 'adaptive' }, methods: { password: { lockoutTiers: [{ attempts: 50, lockSeconds: 60 }] } } } } }));

  test('is good once, for its flow, for its action, for five minutes, and only as it was made', () => withPasswords('always', async (service) => {
    const browser = await guesser(service, 'bound@example.test');
    const ask = async (from: Browser): Promise<string> => answerTo((await from.act('submit-password', wrong)).body.puzzle);
    const send = async (from: Browser, answer: string): Promise<string | undefined> => (await from.act('submit-password', wrong, { [puzzleHeader]: answer })).body.code;
    const answer = await ask(browser);
    const other = await guesser(service, 'other@example.test');
    assert.equal(await send(other, answer), 'puzzle_required');
    assert.equal((await browser.act('resend', {}, { [puzzleHeader]: answer })).body.code, 'action_not_allowed');
    assert.equal((await browser.act('choose-method', { method: 'email-code' }, { [puzzleHeader]: answer })).body.code, 'puzzle_required');
    for (const forged of [`${answer}1`, answer.replace(/\d+$/, '0'), answer.replace(/^\d+/, (moment) => String(Number(moment) + 1)), '.', '...1', 'x'.repeat(9_000)]) {
      assert.equal(await send(browser, forged), 'puzzle_required', forged.slice(0, 80));
    }
    assert.equal(await send(browser, answer), 'password_wrong');
    assert.equal(await send(browser, answer), 'puzzle_required');
    const late = await ask(browser);
    service.clock.advance(301);
    assert.equal(await send(browser, late), 'puzzle_required');
  }));

  test('and of one answer sent fifty times at once one is taken', () => withPasswords('always', async (service) => {
    const browser = await guesser(service, 'fifty@example.test');
    const answer = answerTo((await browser.act('submit-password', wrong)).body.puzzle);
    const replies = await Promise.all(Array.from({ length: 50 }, () => browser.act('submit-password', wrong, { [puzzleHeader]: answer })));
    assert.equal(replies.filter(({ body }) => body.code === 'password_wrong').length, 1);
  }));

  test('always, if an app says so: of everybody, before mails too; and never, if it says off', async () => {
    await withPasswords('always', async (service) => {
      const browser = new Browser(service);
      await browser.startFlow({ kind: 'sign-up', create_new_user: true });
      const sent = await actSolving(browser, 'submit-identifier', { identifier: 'all@example.test' });
      assert.deepEqual([sent.wasAsked, sent.status], [true, 200]);
      await service.deliver();
      const typed = await actSolving(browser, 'submit-answer', { answer: service.inbox.lastCode('all@example.test') });
      assert.deepEqual([typed.wasAsked, typed.status], [true, 200]);
    });
    await withPasswords('off', async (service) => {
      const browser = await guesser(service, 'off@example.test');
      for (let tries = 0; tries < 4; tries += 1) isProblem(await browser.act('submit-password', wrong), 422, 'password_wrong');
    });
  });
});

describe('strangers are slowed, and the owner is not', () => {
  test('a browser that somebody has signed in with goes on while strangers have locked everybody else out', () => withPasswords('adaptive', async (service) => {
    const owner = await signUp(service, 'owner@example.test');
    for (let tries = 0; tries < 8; tries += 1) {
      const stranger = await guesser(service, 'owner@example.test', `198.51.100.${tries}`);
      await actSolving(stranger, 'submit-password', wrong);
    }
    const locked = await guesser(service, 'owner@example.test', '198.51.100.99');
    isProblem(await actSolving(locked, 'submit-password', right), 429, 'too_many_attempts');
    await owner.startFlow();
    await owner.act('restart');
    isAt((await owner.act('submit-identifier', { identifier: 'owner@example.test' })).body, 'enter-password');
    assert.equal((await owner.act('submit-password', right)).status, 200);
  }));

  test('and its own wrong answers lock it alone, and not the owner elsewhere', () => withPasswords('off', async (service) => {
    const thief = await signUp(service, 'lent@example.test');
    await thief.startFlow();
    await thief.act('restart');
    await thief.act('submit-identifier', { identifier: 'lent@example.test' });
    for (let tries = 0; tries < 5; tries += 1) await thief.act('submit-password', wrong);
    isProblem(await thief.act('submit-password', right), 409, 'action_not_allowed');
    const elsewhere = await guesser(service, 'lent@example.test');
    assert.equal((await elsewhere.act('submit-password', right)).status, 200);
  }));

  test('a browser that is known for one is a stranger to everybody else', () => withPasswords('off', async (service) => {
    await signUp(service, 'victim@example.test');
    const attacker = await signUp(service, 'attacker@example.test');
    const guess = async (browser: Browser): Promise<string | undefined> => {
      await browser.startFlow();
      await browser.act('restart');
      await browser.act('submit-identifier', { identifier: 'victim@example.test' });
      return (await browser.act('submit-password', wrong)).body.code;
    };
    const codes: unknown[] = [];
    for (let tries = 0; tries < 5; tries += 1) codes.push(await guess(tries % 2 === 0 ? attacker : new Browser(service)));
    assert.deepEqual(codes, ['password_wrong', 'password_wrong', 'password_wrong', 'password_wrong', 'too_many_attempts']);
  }));

  test('strangers who use up the mails of an address leave its owner with their own', async () => {
    const service = await startPortico();
    const owner = new Browser(service);
    await owner.signIn('mails@example.test');
    for (let sent = 0; sent < 6; sent += 1) {
      service.clock.advance(31);
      await new Browser(service).askForMail('mails@example.test');
    }
    assert.equal(isAt(await new Browser(service).askForMail('mails@example.test'), 'blocked').reason, 'too_many_mails');
    await owner.startFlow();
    await owner.act('restart');
    isAt((await owner.act('submit-identifier', { identifier: 'mails@example.test' })).body, 'enter-code');
    await service.close();
  });

  test('a hundred wrong answers stop an account over all its identifiers and factors (NIST SP 800-63B-4, section 3.2.2)', () => withPasswords('off', async (service) => {
    await signUp(service, 'hundred@example.test');
    const codes: unknown[] = [];
    for (let tries = 0; tries < 101; tries += 1) {
      const browser = await guesser(service, 'hundred@example.test', `203.0.113.${tries % 200}`);
      codes.push((await browser.act('submit-password', wrong)).body.code);
    }
    assert.deepEqual([codes[98], codes[99], codes[100]], ['password_wrong', 'too_many_attempts', 'too_many_attempts']);
    const byMail = new Browser(service);
    byMail.address = '192.0.2.1';
    await byMail.startFlow();
    await byMail.act('submit-identifier', { identifier: 'hundred@example.test' });
    await byMail.act('choose-method', { method: 'email-code' });
    await service.deliver();
    const refused = isProblem(await byMail.act('submit-answer', { answer: service.inbox.lastCode('hundred@example.test') }), 429, 'too_many_attempts');
    assert.ok((refused.retry_after_seconds ?? 0) > 86_000);
    service.clock.advance(86_401);
    assert.equal((await (await guesser(service, 'hundred@example.test')).act('submit-password', right)).status, 200);
  }, { app: { preferences: { puzzles: { when: 'off' }, methods: { password: { lockoutTiers: [{ attempts: 100, lockSeconds: 1 }] } } } } }));

  test('a right password forgives no wrong second factor (GHSA-7j7j-66cv-m239): puzzles go on', async () => {
    const service = await startWithMfa({ app: { preferences: { puzzles: { when: 'adaptive' } } } });
    const owner = await addOwner(service, 'both@example.test');
    await service.setPolicy('required');
    for (let tries = 0; tries < 2; tries += 1) {
      const browser = await passedPassword(service, owner.email);
      isProblem(await browser.act('submit-answer', { answer: wrongDigits(owner.secret, service) }), 422, 'totp_wrong');
    }
    const browser = await passedPassword(service, owner.email);
    const answer = { answer: nextDigits(owner.secret, service) };
    assert.equal((await browser.act('submit-answer', answer)).body.code, 'puzzle_required');
    assert.equal((await actSolving(browser, 'submit-answer', answer)).status, 200);
    await service.close();
  });
});

describe('many identifiers from one place', () => {
  const tryMany = async (service: Portico, [from, to]: readonly [from: number, to: number], address: string): Promise<readonly (string | undefined)[]> => {
    const codes: (string | undefined)[] = [];
    for (let at = from; at < to; at += 1) codes.push((await (await guesser(service, `name-${at}@example.test`, address)).act('submit-password', wrong)).body.code);
    return codes;
  };

  test('are met with puzzles, then with a pause, and written down once at each; other places notice nothing', () => withPasswords('adaptive', async (service) => {
    const place = '198.51.100.7';
    assert.deepEqual(new Set(await tryMany(service, [0, 5], place)), new Set(['password_wrong']));
    assert.deepEqual(await tryMany(service, [5, 6], place), ['puzzle_required']);
    assert.deepEqual(await tryMany(service, [6, 7], '198.51.100.8'), ['password_wrong']);
    for (let at = 5; at < 16; at += 1) await actSolving(await guesser(service, `name-${at}@example.test`, place), 'submit-password', wrong);
    const paused = await actSolving(await guesser(service, 'name-20@example.test', place), 'submit-password', wrong);
    isProblem(paused, 429, 'rate_limited');
    assert.equal(paused.headers.get('Retry-After'), '10');
    service.clock.advance(10);
    isProblem(await actSolving(await guesser(service, 'name-21@example.test', place), 'submit-password', wrong), 422, 'password_wrong');
    const events = (await service.store.audit.list(1_000)).filter(({ kind }) => kind === 'stuffing_suspected');
    assert.deepEqual(events.map(({ address, detail }) => [address, detail?.['reaction']]).toSorted(), [[place, 'pause'], [place, 'puzzle']]);
    service.clock.advance(10_801);
    assert.deepEqual(await tryMany(service, [30, 31], place), ['password_wrong']);
  }, { auth: { trustedProxies: ['loopback'], limits: { flowsPerMinute: 1_000, mailsPerHour: 1_000, wrongIdentifiers: 15 } } }));

  test('the same identifier again and again is one, and a right password none', () => withPasswords('adaptive', async (service) => {
    const place = '198.51.100.9';
    for (let at = 0; at < 6; at += 1) {
      await signUp(service, `office-${at}@example.test`);
      assert.equal((await (await guesser(service, `office-${at}@example.test`, place)).act('submit-password', right)).status, 200);
    }
    await tryMany(service, [10, 14], place);
    assert.equal((await actSolving(await guesser(service, 'office-0@example.test', place), 'submit-password', right)).status, 200);
    for (let tries = 0; tries < 7; tries += 1) await actSolving(await guesser(service, 'same@example.test', place), 'submit-password', wrong);
    assert.deepEqual(await tryMany(service, [0, 1], place), ['password_wrong']);
  }));

  test('a network of IPv6 is one place, and an IPv4 address the same place when it is mapped', () => withPasswords('adaptive', async (service) => {
    for (let at = 0; at < 5; at += 1) await tryMany(service, [at, at + 1], `2001:db8:7::${at + 1}`);
    assert.deepEqual(await tryMany(service, [5, 6], '2001:db8:7:0:ffff::9'), ['puzzle_required']);
    assert.deepEqual(await tryMany(service, [5, 6], '2001:db8:7:1::9'), ['password_wrong']);
    for (let at = 10; at < 15; at += 1) await tryMany(service, [at, at + 1], at % 2 === 0 ? '192.0.2.77' : '::ffff:192.0.2.77');
    assert.deepEqual(await tryMany(service, [15, 16], '::ffff:c000:024d'), ['puzzle_required']);
  }));

  test('what a caller writes of its own address counts for nothing where no proxy is trusted', () => withPasswords('adaptive', async (service) => {
    for (let at = 0; at < 5; at += 1) await tryMany(service, [at, at + 1], `203.0.113.${at}`);
    assert.deepEqual(await tryMany(service, [5, 6], '203.0.113.200'), ['puzzle_required']);
  }, { auth: { trustedProxies: [] } }));

  test('behind a proxy the last address that it did not vouch for counts, not what stands before it', () => withPasswords('adaptive', async (service) => {
    for (let at = 0; at < 5; at += 1) await tryMany(service, [at, at + 1], `10.9.8.${at}, 203.0.113.50`);
    assert.deepEqual(await tryMany(service, [5, 6], '10.1.2.3, 203.0.113.50'), ['puzzle_required']);
    assert.deepEqual(await tryMany(service, [5, 6], '203.0.113.50, 203.0.113.51'), ['password_wrong']);
  }));
});

describe('what a caller may answer', () => {
  test('is not more quickly used up where every answer is sent twice, for a puzzle comes first', () => withPasswords('always', async (service) => {
    for (let at = 0; at < 5; at += 1) {
      const browser = new Browser(service);
      browser.address = '198.51.100.30';
      await browser.startFlow({ create_new_user: true, kind: 'sign-up' });
      assert.equal((await actSolving(browser, 'submit-identifier', { identifier: `often-${at}@example.test` })).status, 200);
      await service.deliver();
      assert.equal((await actSolving(browser, 'submit-answer', { answer: service.inbox.lastCode(`often-${at}@example.test`) })).status, 200);
    }
  }, { auth: { trustedProxies: ['loopback'], limits: { flowsPerMinute: 1_000, mailsPerHour: 6, answersPerHour: 3 } } }));


  test('and have sent: from the thirtieth mail of an hour on there is a puzzle first', async () => {
    const service = await startPortico({ app: { preferences: { puzzles: { when: 'adaptive' } } } });
    const ask = async (at: number): Promise<string | undefined> => {
      const browser = new Browser(service);
      await browser.startFlow({ create_new_user: true });
      return (await browser.act('submit-identifier', { identifier: `sent-${at}@example.test` })).body.code;
    };
    const codes: unknown[] = [];
    for (let at = 0; at < 31; at += 1) codes.push(await ask(at));
    assert.deepEqual([codes[29], codes[30]], [undefined, 'puzzle_required']);
    service.clock.advance(3_601);
    assert.equal(await ask(40), undefined);
    await service.close();
  });

  test('is so much an hour over all flows and methods; what is right is given back', () => withPasswords('off', async (service) => {
    await signUp(service, 'hour@example.test');
    const place = '198.51.100.20';
    for (let tries = 0; tries < 6; tries += 1) assert.equal((await (await guesser(service, 'hour@example.test', place)).act('submit-password', right)).status, 200);
    for (let tries = 0; tries < 3; tries += 1) await (await guesser(service, `hour-${tries}@example.test`, place)).act('submit-password', wrong);
    const browser = await guesser(service, 'hour@example.test', place);
    const refused = isProblem(await browser.act('submit-password', right), 429, 'rate_limited');
    assert.ok((refused.retry_after_seconds ?? 0) > 3_000);
    // The flow goes on elsewhere, but the caller is who sends the answer.
    browser.address = '198.51.100.21';
    assert.equal((await browser.act('submit-password', right)).status, 200);
  }, { auth: { trustedProxies: ['loopback'], limits: { flowsPerMinute: 1_000, mailsPerHour: 1_000, answersPerHour: 3 } } }));
});

describe('the endpoints of clients', () => {
  const withClients = async (limits: { refusalsPerMinute?: number; pushesPerMinute?: number; flowsPerMinute?: number }, work: (service: Portico) => Promise<void>): Promise<void> => {
    const service = await startPortico({ auth: { trustedProxies: ['loopback'], limits } });
    await work(service).finally(() => service.close());
  };
  const basic = (secret: string): Record<string, string> => ({ Authorization: `Basic ${Buffer.from(`notes-web:${secret}`).toString('base64')}` });
  const at = (address: string): Record<string, string> => ({ 'X-Forwarded-For': address });

  test('a caller with a wrong secret is refused so often a minute at all of them together; the client goes on', () => withClients({ refusalsPerMinute: 3 }, async (service) => {
    const browser = new Browser(service);
    const form = { grant_type: 'refresh_token', refresh_token: 'none', token: 'none' };
    for (const path of ['/token', '/introspect', '/revoke']) assert.equal((await browser.postForm(path, form, { ...basic('wrong'), ...at('192.0.2.1') })).status, 401);
    for (const path of ['/token', '/par', '/introspect', '/revoke']) {
      const refused = await browser.postForm(path, form, { ...basic(clientSecret), ...at('192.0.2.1') });
      assert.deepEqual([refused.status, refused.headers.get('Retry-After'), (refused.body as { error: string }).error], [429, '60', 'temporarily_unavailable']);
    }
    assert.equal((await browser.postForm('/token', form, { ...basic(clientSecret), ...at('192.0.2.2') })).status, 400);
    service.clock.advance(61);
    assert.equal((await browser.postForm('/token', form, { ...basic(clientSecret), ...at('192.0.2.1') })).status, 400);
  }));

  test('a wrong secret at the routes of flows counts with those, and stops no page', () => withClients({ refusalsPerMinute: 3 }, async (service) => {
    const ask = (path: string, headers: Record<string, string>, body?: string): Promise<Response> =>
      fetch(`${service.base}${path}`, { method: body === undefined ? 'GET' : 'POST', headers: { 'Content-Type': 'application/json', ...at('192.0.2.9'), ...headers }, ...(body === undefined ? {} : { body }) });
    assert.equal((await ask('/flows', basic('wrong'), '{}')).status, 401);
    assert.equal((await ask('/flow', basic('wrong'))).status, 401);
    assert.equal((await ask('/flow/resend', basic('wrong'), '{}')).status, 401);
    for (const path of ['/flows', '/flow/resend']) assert.equal((await ask(path, basic(clientSecret), '{}')).status, 429, path);
    assert.equal((await ask('/flow', basic(clientSecret))).status, 429);
    assert.equal((await ask('/flows', { Origin: service.origin }, JSON.stringify({ kind: 'sign-in', client_id: 'notes-web' }))).status, 201);
  }));

  test('codes and refresh tokens that are none are refused ten times as often before a caller is stopped', () => withClients({ refusalsPerMinute: 1 }, async (service) => {
    const browser = new Browser(service);
    const form = { grant_type: 'refresh_token', refresh_token: 'none', client_id: 'notes-spa' };
    for (let tries = 0; tries < 10; tries += 1) assert.equal((await browser.postForm('/token', form, at('192.0.2.3'))).status, 400);
    assert.equal((await browser.postForm('/token', form, at('192.0.2.3'))).status, 429);
  }));

  test('a client pushes so many requests a minute, one without a secret so many for each caller', () => withClients({ pushesPerMinute: 2, flowsPerMinute: 1 }, async (service) => {
    const browser = new Browser(service);
    const request = { response_type: 'code', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256', scope: 'openid' };
    const web = { ...request, redirect_uri: `${service.origin}/callback` };
    const push = async (address: string): Promise<number> => (await browser.postForm('/par', web, { ...basic(clientSecret), ...at(address) })).status;
    assert.deepEqual([await push('192.0.2.4'), await push('192.0.2.5'), await push('192.0.2.6')], [201, 201, 429]);
    const spa = { ...request, client_id: 'notes-spa', redirect_uri: `${service.origin}/spa` };
    const pushSpa = async (address: string): Promise<number> => (await browser.postForm('/par', spa, at(address))).status;
    assert.deepEqual([await pushSpa('192.0.2.7'), await pushSpa('192.0.2.7'), await pushSpa('192.0.2.8')], [201, 429, 201]);
  }));
});

describe('the budgets of many numbers together', () => {
  test('are not used up by one caller or two, nor by requests that were refused elsewhere', async () => {
    const service = await startWithSms({ sms: { smsPerPrefixPerHour: 10, smsPerCountryPerHour: 8 }, auth: { trustedProxies: ['loopback'] } });
    let next = 0;
    const ask = async (address: string): Promise<string | undefined> => {
      const browser = new Browser(service);
      browser.address = address;
      await browser.startFlow({ create_new_user: true });
      const { body } = await browser.act('submit-identifier', { identifier: numberOf(next += 1) });
      return body.code ?? body.step;
    };
    for (const caller of ['192.0.2.10', '192.0.2.11']) {
      const codes: unknown[] = [];
      for (let asked = 0; asked < 4; asked += 1) codes.push(await ask(caller));
      assert.deepEqual(codes, ['enter-code', 'enter-code', 'sms_unavailable', 'sms_unavailable']);
    }
    for (const caller of ['192.0.2.12', '192.0.2.13']) assert.deepEqual([await ask(caller), await ask(caller)], ['enter-code', 'enter-code']);
    // The country's is used up now, and what was taken of the narrower ones before was given back.
    for (let asked = 0; asked < 5; asked += 1) assert.equal(await ask(`192.0.2.${20 + asked}`), 'sms_unavailable');
    await service.close();
  });

  test('leave a browser that is known for its number its own', async () => {
    const service = await startWithSms({ sms: { smsPerPrefixPerHour: 5, resendCooldownSeconds: 0 }, auth: { trustedProxies: ['loopback'] } });
    const number = numberOf(900);
    const { browser: owner } = await askForSms(service, number);
    isDone(await settle(owner, await owner.act('submit-answer', { answer: service.inbox.lastSmsCode(number) })));
    for (let at = 0; at < 6; at += 1) {
      const stranger = new Browser(service);
      stranger.address = `192.0.2.${40 + at}`;
      await stranger.startFlow({ create_new_user: true });
      await stranger.act('submit-identifier', { identifier: numberOf(901 + at) });
    }
    await owner.startFlow();
    await owner.act('restart');
    isAt((await owner.act('submit-identifier', { identifier: number })).body, 'enter-code');
    await service.close();
  });
});

describe('the limiter tells nobody who its members are', () => {
  const plain = ({ status, text, headers }: Reply, address: string): unknown => [status, headers.get('Retry-After'), text
    .replaceAll(address, 'somebody')
    .replaceAll(/"(request_id|flow_handle|challenge|match_number|id|token|salt|key)":"[^"]*"/g, '"$1":"…"')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')];

  test('a stranger and a suspended user are asked, slowed and refused as a member is, for the same statements', async () => {
    const calls: string[] = [];
    const store = await openerOf('sqlite').open();
    const watched = watchStore(store, (name) => (isOfBackground(name) ? undefined : void calls.push(name)));
    const service = await startWithPasswords({ app: { allowPublicSignup: false, preferences: { puzzles: { when: 'adaptive' } } }, auth: { store: { open: () => Promise.resolve(watched) } } });
    const now = service.clock.now();
    for (const [id, status] of [['member-9', 'active'], ['barred-9', 'suspended']] as const) {
      const address = `${id}@example.test`;
      await store.users.insert({ id, status, email: { typed: address, canonical: address, verifiedAt: now }, createdAt: now, updatedAt: now } as Parameters<OpenStore['users']['insert']>[0]);
    }
    const story = async (address: string): Promise<{ answers: readonly unknown[]; statements: readonly string[] }> => {
      const browser = new Browser(service);
      await browser.startFlow();
      calls.length = 0;
      await browser.act('submit-identifier', { identifier: address });
      for (let tries = 0; tries < 7; tries += 1) await actSolving(browser, 'submit-password', wrong);
      await actSolving(browser, 'choose-method', { method: 'email-code' });
      for (let tries = 0; tries < 4; tries += 1) await actSolving(browser, 'submit-answer', { answer: '000000' });
      await browser.look();
      return { answers: browser.history.map(({ reply }) => plain(reply, address)), statements: [...calls] };
    };
    // The decoy that strangers are measured by is made once in the life of a process.
    await story('nobody-8@example.test');
    for (const address of ['nobody-9@example.test', 'barred-9@example.test']) {
      service.clock.advance(90_000);
      const [member, other] = [await story('member-9@example.test'), await story(address)];
      assert.deepEqual(other.answers, member.answers);
      assert.deepEqual(other.statements, member.statements);
      assert.ok(JSON.stringify(member.answers).includes('puzzle_required') && JSON.stringify(member.answers).includes('too_many_attempts'));
    }
    await service.close();
  });
});
