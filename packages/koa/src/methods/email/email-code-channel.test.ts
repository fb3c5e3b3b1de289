import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CanonicalEmail, ClientId, FlowId } from '../../model/ids.ts';
import { appWith, bothOn, codesOn, emailBed, otherThan } from '../../../test/email-bed.ts';
import { emailCode } from './email-options.ts';
import { normalizeCode } from '../normalize-code.ts';

describe('a one-time code', () => {
  test('proves the address once', async (testContext) => {
    const { flowOf, begin, answerCode, store } = await emailBed(testContext);
    const context = await flowOf();
    const { begun, code } = await begin(context);
    assert.match(code, /^\d{6}$/);
    const verdict = await answerCode(context, begun, code);
    assert.deepEqual(verdict, {
      outcome: 'proved',
      proof: {
        method: 'email-code',
        provedAt: new Date('2026-11-25T14:00:00Z'),
        amr: ['email', 'otp'],
        isPhishingResistant: false,
        isMultiFactor: false,
        email: 'ada@example.com',
      },
    });
    assert.deepEqual(await answerCode(context, begun, code), { outcome: 'spent', code: 'code_spent' });
    const kinds = (await store.audit.list(10)).map((event) => event.kind);
    assert.deepEqual(kinds, ['proved', 'mail_queued']);
  });

  for (const length of [4, 5, 8]) {
    test(`has ${length} digits where the app says so`, async (testContext) => {
      const { flowOf, begin, answerCode } = await emailBed(testContext);
      const app = appWith({ 'email-code': emailCode({ codeLength: length }).settings });
      const context = await flowOf({ app });
      const { begun, code } = await begin(context);
      assert.equal(code.length, length);
      assert.equal((await answerCode(context, begun, code)).outcome, 'proved');
    });
  }

  test('works until its last second and not one longer', async (testContext) => {
    const { flowOf, begin, answerCode, clock } = await emailBed(testContext);
    const context = await flowOf();
    const first = await begin(context);
    clock.forward(299);
    assert.equal((await answerCode(context, first.begun, first.code)).outcome, 'proved');
    const second = await begin(context);
    clock.forward(300);
    assert.deepEqual(await answerCode(context, second.begun, second.code), { outcome: 'spent', code: 'code_expired' });
  });

  test('is understood as people type and paste it', async (testContext) => {
    const { flowOf, begin, answerCode } = await emailBed(testContext);
    const context = await flowOf();
    const { begun, code } = await begin(context);
    const arabic = [...code].map((digit) => String.fromCodePoint(0x0660 + Number(digit))).join('');
    const typed = ` ${arabic.slice(0, 3)}\u200f \u2013 ${arabic.slice(3)}\n`;
    assert.equal((await answerCode(context, begun, typed)).outcome, 'proved');
    assert.equal(normalizeCode('１２３-４５６', 6), '123456');
    assert.equal(normalizeCode('۱۲۳۴۵۶', 6), '123456');
    // Thai, Adlam, Khmer, Osmanya, Balinese and Myanmar Shan.
    assert.equal(normalizeCode('๑\u{1e952}៣\u{104a4}\u1b55\u1096', 6), '123456');
    assert.equal(normalizeCode('\u{1d7cf}\u{1d7da}\u{1d7e5}\u{1d7f0}\u{1d7fb}6', 6), '123456');
    for (const slip of ['', '12345', '1234567', '12345a', '-12345', '1'.repeat(100), '12345①②']) assert.equal(normalizeCode(slip, 6), undefined);
  });

  test('of the wrong shape is wrong, and costs no attempt', async (testContext) => {
    const { flowOf, begin, answerCode } = await emailBed(testContext);
    const context = await flowOf();
    const { begun, code } = await begin(context);
    for (let at = 0; at < 10; at += 1) {
      assert.deepEqual(await answerCode(context, begun, '12345'), { outcome: 'wrong', code: 'code_wrong', attemptsLeft: 3 });
    }
    assert.equal((await answerCode(context, begun, code)).outcome, 'proved');
  });

  test('still works at the last attempt', async (testContext) => {
    const { flowOf, begin, answerCode } = await emailBed(testContext);
    const context = await flowOf();
    const { begun, code } = await begin(context);
    assert.deepEqual(await answerCode(context, begun, otherThan(code)), { outcome: 'wrong', code: 'code_wrong', attemptsLeft: 2 });
    assert.deepEqual(await answerCode(context, begun, otherThan(code)), { outcome: 'wrong', code: 'code_wrong', attemptsLeft: 1 });
    assert.equal((await answerCode(context, begun, code)).outcome, 'proved');
  });

  test('is worth nothing after its attempts, where no lock comes first', async (testContext) => {
    const { flowOf, begin, answerCode } = await emailBed(testContext);
    const app = appWith({ 'email-code': emailCode({ attempts: 2, lockoutTiers: [] }).settings });
    const context = await flowOf({ app });
    const { begun, code } = await begin(context);
    assert.deepEqual(await answerCode(context, begun, otherThan(code)), { outcome: 'wrong', code: 'code_wrong', attemptsLeft: 1 });
    assert.deepEqual(await answerCode(context, begun, otherThan(code)), { outcome: 'spent', code: 'code_spent' });
    assert.deepEqual(await answerCode(context, begun, code), { outcome: 'spent', code: 'code_spent' });
  });

  test('ends when a new one is sent', async (testContext) => {
    const { flowOf, begin, answerCode } = await emailBed(testContext);
    const context = await flowOf();
    const old = await begin(context);
    const fresh = await begin(context);
    assert.deepEqual(await answerCode(context, old.begun, old.code), { outcome: 'spent', code: 'code_spent' });
    assert.equal((await answerCode(context, fresh.begun, fresh.code)).outcome, 'proved');
  });

  test('ends the link of the same mail', async (testContext) => {
    const { flowOf, begin, answerCode, answerLink, method } = await emailBed(testContext);
    const context = await flowOf();
    const { begun, code, secret } = await begin(context);
    const kept = { ...context, flow: { ...context.flow, challenges: begun.challenges } };
    assert.equal((await answerCode(kept, begun, code)).outcome, 'proved');
    assert.deepEqual(await answerLink(kept, begun, secret), { outcome: 'spent', code: 'link_used' });
    await assert.rejects(method.findLink(secret), { code: 'link_used' });
  });

  test('is good in no other flow, for no other client, for no other address', async (testContext) => {
    const { flowOf, begin, answerCode } = await emailBed(testContext);
    const context = await flowOf();
    const { begun, code } = await begin(context);
    const other = await flowOf();
    const otherBegun = (await begin(other)).begun;
    const elsewhere = [
      { ...context, flow: { ...context.flow, id: 'another' as FlowId } },
      { ...context, client: { ...context.client, id: 'another' as ClientId } },
      { ...context, flow: { ...context.flow, email: 'eve@example.com' as CanonicalEmail } },
    ];
    for (const place of elsewhere) assert.deepEqual(await answerCode(place, begun, code), { outcome: 'spent', code: 'code_spent' });
    assert.notEqual((await answerCode(other, otherBegun, code)).outcome, 'proved');
    assert.equal((await answerCode(context, begun, code)).outcome, 'proved');
  });

  for (const attempts of [3, 20]) {
    test(`of fifty right answers at once proves one, and locks nobody: sending twice is no guess (${attempts} attempts)`, async (testContext) => {
      const { flowOf, begin, answerCode, method } = await emailBed(testContext);
      const context = await flowOf({ app: appWith({ 'email-code': emailCode({ attempts, lockoutTiers: [{ attempts, lockSeconds: 900 }] }).settings }) });
      const { begun, code } = await begin(context);
      const verdicts = await Promise.all(Array.from({ length: 50 }, () => answerCode(context, begun, code)));
      assert.equal(verdicts.filter((verdict) => verdict.outcome === 'proved').length, 1);
      const codes = verdicts.flatMap((verdict) => (verdict.outcome === 'proved' ? [] : [verdict.code]));
      assert.deepEqual([...new Set(codes)].filter((each) => each !== 'code_spent' && each !== 'too_many_attempts'), []);
      assert.equal(await method.findCodeLock(context), undefined);
    });
  }

  test('of many wrong answers at once judges no more than there are attempts', async (testContext) => {
    const { flowOf, begin, answerCode, store } = await emailBed(testContext);
    const context = await flowOf({ app: appWith({ 'email-code': emailCode({ attempts: 5, lockoutTiers: [] }).settings }) });
    const { begun, code } = await begin(context);
    const wrong = otherThan(code);
    await Promise.all(Array.from({ length: 50 }, () => answerCode(context, begun, wrong)));
    const judged = (await store.audit.list(200)).filter((event) => event.kind === 'answer_wrong');
    assert.equal(judged.length, 5);
    assert.deepEqual(await answerCode(context, begun, code), { outcome: 'spent', code: 'code_spent' });
  });

  test('leaves nothing in the store that can be read', async (testContext) => {
    const { flowOf, begin, challengeOf, store } = await emailBed(testContext);
    const { begun, code, secret } = await begin(await flowOf());
    const rows = JSON.stringify([await challengeOf(begun, 'email-code'), await challengeOf(begun, 'magic-link'), await store.audit.list(10)]);
    assert.ok(code !== '' && !rows.includes(code));
    assert.ok(secret !== '' && !rows.includes(secret));
    assert.ok(begun.matchNumber !== undefined && !rows.includes(`"${begun.matchNumber}"`));
  });
});

describe('the lock after wrong codes', () => {
  test('holds for the right code too, and ends by the clock', async (testContext) => {
    const { flowOf, begin, answerCode, clock, method, store } = await emailBed(testContext);
    const context = await flowOf({ app: appWith(codesOn) });
    const first = await begin(context);
    const wrong = otherThan(first.code);
    assert.equal((await answerCode(context, first.begun, wrong)).outcome, 'wrong');
    assert.equal((await answerCode(context, first.begun, wrong)).outcome, 'wrong');
    assert.deepEqual(await answerCode(context, first.begun, wrong), { outcome: 'spent', code: 'too_many_attempts' });
    assert.deepEqual(await answerCode(context, first.begun, first.code), { outcome: 'spent', code: 'too_many_attempts' });
    const until = await method.findCodeLock(context);
    assert.deepEqual(until, new Date(clock.now().getTime() + 900_000));
    await assert.rejects(method.begin(context), { code: 'too_many_attempts' });
    assert.equal((await store.audit.list(1))[0]?.kind, 'locked');
    clock.forward(899);
    assert.notEqual(await method.findCodeLock(context), undefined);
    clock.forward(1);
    assert.equal(await method.findCodeLock(context), undefined);
    const { begun, code } = await begin(context);
    assert.equal((await answerCode(context, begun, code)).outcome, 'proved');
  });

  test('is longer each time', async (testContext) => {
    const { flowOf, begin, answerCode, clock, method } = await emailBed(testContext);
    const context = await flowOf({ app: appWith({ 'email-code': emailCode({ lockoutTiers: [{ attempts: 3, lockSeconds: 900 }, { attempts: 4, lockSeconds: 3_600 }, { attempts: 5, lockSeconds: 86_400 }] }).settings }) });
    const locks: number[] = [];
    for (const wrongAnswers of [3, 1, 1]) {
      const { begun, code } = await begin(context);
      for (let at = 0; at < wrongAnswers; at += 1) await answerCode(context, begun, otherThan(code));
      const until = await method.findCodeLock(context);
      const seconds = ((until?.getTime() ?? 0) - clock.now().getTime()) / 1_000;
      locks.push(seconds);
      clock.forward(seconds);
    }
    assert.deepEqual(locks, [900, 3_600, 86_400]);
  });

  test('is of the address in whatever flow, and of no other address', async (testContext) => {
    const { flowOf, begin, answerCode, method } = await emailBed(testContext);
    for (let at = 0; at < 3; at += 1) {
      const context = await flowOf();
      const { begun, code } = await begin(context);
      await answerCode(context, begun, otherThan(code));
    }
    assert.notEqual(await method.findCodeLock(await flowOf()), undefined);
    assert.equal(await method.findCodeLock(await flowOf({ email: 'grace@example.com', user: 'nobody' })), undefined);
  });

  test('refuses the right code that was sent before it', async (testContext) => {
    const { flowOf, begin, answerCode } = await emailBed(testContext);
    const mine = await flowOf();
    const { begun, code } = await begin(mine);
    const attackers = await flowOf();
    const theirs = await begin(attackers);
    for (let at = 0; at < 3; at += 1) await answerCode(attackers, theirs.begun, otherThan(theirs.code));
    assert.deepEqual(await answerCode(mine, begun, code), { outcome: 'spent', code: 'too_many_attempts' });
  });

  test('lets a link out, which cannot be guessed', async (testContext) => {
    const { flowOf, begin, answerCode, answerLink } = await emailBed(testContext);
    const context = await flowOf({ app: appWith(bothOn) });
    const first = await begin(context);
    for (let at = 0; at < 3; at += 1) await answerCode(context, first.begun, otherThan(first.code));
    const { begun, mail, secret } = await begin(context);
    assert.deepEqual(Object.keys(begun.challenges), ['magic-link']);
    assert.equal(mail?.subject, 'Your link to sign in to Notes');
    assert.equal((await answerLink(context, begun, secret)).outcome, 'proved');
  });

  test('forgets what was counted after a right code', async (testContext) => {
    const { flowOf, begin, answerCode, method } = await emailBed(testContext);
    const context = await flowOf();
    for (let at = 0; at < 4; at += 1) {
      const { begun, code } = await begin(context);
      await answerCode(context, begun, otherThan(code));
      assert.equal((await answerCode(context, begun, code)).outcome, 'proved');
    }
    assert.equal(await method.findCodeLock(context), undefined);
  });
});
