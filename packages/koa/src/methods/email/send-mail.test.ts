import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Store } from '../../ports/store.ts';
import { createEmailMethod } from './email.method.ts';
import { appWith, codesOn, emailBed, linksOn, otherThan, type Case } from '../../../test/email-bed.ts';
import { emailCode, magicLink } from './email-options.ts';

/** A store that notes the name of everything that is asked of it, and does it. */
function noting(store: Store, asked: string[]): Store {
  const noteCalls = (part: object, name: string): object =>
    new Proxy(part, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        return (...input: unknown[]) => {
          asked.push(`${name}.${String(key)}`);
          return Reflect.apply(value, target, input);
        };
      },
    });
  return new Proxy(store, {
    get(target, key) {
      if (key === 'transaction') {
        return (work: (within: Store) => Promise<unknown>) => {
          asked.push('transaction');
          return target.transaction((within) => work(noting(within, asked)));
        };
      }
      const part: unknown = Reflect.get(target, key);
      return typeof part === 'object' && part !== null ? noteCalls(part, String(key)) : part;
    },
  });
}

/** All that a visit asks of the store: a mail, three wrong answers, a resend. */
async function visit(testContext: Parameters<typeof emailBed>[0], given: Case) {
  const bed = await emailBed(testContext);
  const asked: string[] = [];
  const method = createEmailMethod({ ...bed.deps, store: noting(bed.store, asked) });
  const context = await bed.flowOf(given);
  const answers: unknown[] = [await method.spendSend(context), await method.findCodeLock(context)];
  const begun = await method.begin(context);
  answers.push(Object.keys(begun), Object.keys(begun.challenges));
  answers.push(await bed.store.outbox.findDelivery((await bed.challengeOf(begun, 'email-code')).id));
  await bed.outbox.deliverDue();
  answers.push(await bed.store.outbox.findDelivery((await bed.challengeOf(begun, 'email-code')).id));
  const wrong = otherThan(bed.inbox.lastCode('ada@example.com') ?? '000000');
  for (const code of ['1', wrong, wrong, wrong, wrong]) {
    answers.push(await method.answer(context, await bed.challengeOf(begun, 'email-code'), { kind: 'code', code }));
  }
  answers.push(await method.spendSend(context), await method.findCodeLock(context));
  return { asked, answers, mail: bed.inbox.last('ada@example.com') };
}

describe('beginning with an address', () => {
  test('sends one mail with what is on: both, a code alone, a link alone', async (testContext) => {
    const { flowOf, begin } = await emailBed(testContext);
    const both = await begin(await flowOf());
    assert.deepEqual(Object.keys(both.begun.challenges), ['email-code', 'magic-link']);
    assert.ok(both.mail?.text.includes(both.code) && both.mail.text.includes(both.secret));
    const code = await begin(await flowOf({ app: appWith(codesOn), email: 'code@example.com' }));
    assert.deepEqual(Object.keys(code.begun.challenges), ['email-code']);
    assert.equal(code.begun.matchNumber, undefined);
    assert.equal(code.secret, '');
    const link = await begin(await flowOf({ app: appWith(linksOn), email: 'link@example.com' }));
    assert.deepEqual(Object.keys(link.begun.challenges), ['magic-link']);
    assert.equal(link.code, '');
    await assert.rejects(begin(await flowOf({ app: appWith({}) })), { code: 'method_disabled' });
  });

  test('looks the same to a stranger, a member and a suspended user: same answers, same statements', async (testContext) => {
    const member = await visit(testContext, { user: 'member' });
    const stranger = await visit(testContext, { user: 'nobody' });
    const suspended = await visit(testContext, { user: 'suspended' });
    assert.deepEqual(stranger.answers, member.answers);
    assert.deepEqual(stranger.asked, member.asked);
    assert.deepEqual(suspended.answers, member.answers);
    assert.deepEqual(suspended.asked, member.asked);
  });

  test('tells a stranger and a suspended user by mail that there is nothing to sign in to', async (testContext) => {
    for (const user of ['nobody', 'suspended'] as const) {
      const { mail } = await visit(testContext, { user });
      assert.equal(mail?.subject, 'Somebody tried to sign in to Notes with your address');
      assert.doesNotMatch(`${mail?.html}${mail?.text}`, /\/link\/|^\d{6}$/m);
    }
    const member = await visit(testContext, { user: 'member', mayCreateUser: true });
    assert.match(member.mail?.subject ?? '', /is your Notes code/);
  });

  test('sends a stranger a code only where a user may be created, and never to a suspended one', async (testContext) => {
    const { flowOf, begin, answerCode } = await emailBed(testContext);
    const stranger = await flowOf({ user: 'nobody', mayCreateUser: true });
    const { begun, code } = await begin(stranger);
    assert.equal((await answerCode(stranger, begun, code)).outcome, 'proved');
    const suspended = await flowOf({ user: 'suspended', mayCreateUser: true, email: 'eve@example.com' });
    assert.equal((await begin(suspended)).code, '');
  });

  test('makes a code for a stranger that nothing answers, even who knows it', async (testContext) => {
    const bed = await emailBed(testContext);
    const known = { ...bed.deps.random, digits: (length: number) => '7'.repeat(length) };
    const method = createEmailMethod({ ...bed.deps, random: known });
    for (const user of ['nobody', 'suspended'] as const) {
      const context = await bed.flowOf({ user, email: `${user}@example.com` });
      const begun = await method.begin(context);
      assert.equal((await bed.answerCode(context, begun, '777777')).outcome, 'wrong');
      // Should they sign up in the meantime, the old code is still worth nothing.
      assert.equal((await bed.answerCode({ ...context, flow: { ...context.flow, mayCreateUser: true }, user: undefined }, begun, '777777')).outcome, 'wrong');
    }
    const member = await bed.flowOf();
    const begun = await method.begin(member);
    assert.equal((await bed.answerCode(member, begun, '777777')).outcome, 'proved');
  });

  test('writes in the language of the flow', async (testContext) => {
    const { flowOf, begin } = await emailBed(testContext);
    const { mail } = await begin(await flowOf({ language: 'ar' }));
    assert.match(mail?.html ?? '', /<html lang="ar" dir="rtl">/);
  });

  test('says one moment in a mail: the earlier of the two', async (testContext) => {
    const { flowOf, begin } = await emailBed(testContext);
    const app = appWith({ 'email-code': emailCode({ lifetimeSeconds: 120 }).settings, 'magic-link': magicLink({ lifetimeSeconds: 600 }).settings });
    assert.match((await begin(await flowOf({ app }))).mail?.text ?? '', /expire in 2 minutes, on November 25, 2026 at 2:02 PM UTC/);
  });

  test('stores all or nothing', async (testContext) => {
    const bed = await emailBed(testContext);
    const context = await bed.flowOf();
    const first = await bed.begin(context);
    const outbox = { ...bed.outbox, queue: () => Promise.reject(new Error('the disk is full')) };
    await assert.rejects(createEmailMethod({ ...bed.deps, outbox }).begin(context), /disk is full/);
    assert.equal((await bed.answerCode(context, first.begun, first.code)).outcome, 'proved', 'the old code still works');
  });
});

describe('the pace of mails', () => {
  test('is 30 seconds between two and five within an hour', async (testContext) => {
    const { flowOf, method, clock } = await emailBed(testContext);
    const context = await flowOf();
    const start = clock.now().getTime();
    for (const left of [4, 3, 2, 1, 0]) {
      const spent = await method.spendSend(context);
      assert.ok(spent.isAllowed);
      assert.equal(spent.left, left);
      if (left > 0) assert.equal(spent.nextAt.getTime(), clock.now().getTime() + 30_000);
      clock.forward(29);
      const soon = await method.spendSend(context);
      assert.equal(soon.isAllowed, false);
      if (left > 0) assert.equal(!soon.isAllowed && soon.reason, 'cooldown');
      clock.forward(1);
    }
    const refused = await method.spendSend(context);
    assert.deepEqual(refused, { isAllowed: false, reason: 'limit', retryAt: new Date(start + 3_600_000) });
    assert.equal((await method.spendSend(await flowOf())).isAllowed, false, 'another flow, the same address');
    assert.equal((await method.spendSend(await flowOf({ email: 'grace@example.com' }))).isAllowed, true);
    clock.forward(3_600 - 150);
    assert.equal((await method.spendSend(context)).isAllowed, true);
  });

  test('of two methods that are on is the slower one\u2019s', async (testContext) => {
    const { flowOf, method, clock } = await emailBed(testContext);
    const app = appWith({
      'email-code': emailCode({ resendCooldownSeconds: 10, mailsPerHour: 2 }).settings,
      'magic-link': magicLink({ resendCooldownSeconds: 60, mailsPerHour: 9 }).settings,
    });
    const spent = await method.spendSend(await flowOf({ app }));
    assert.deepEqual(spent, { isAllowed: true, left: 1, nextAt: new Date(clock.now().getTime() + 60_000) });
  });

  test('lets no more out than it says, however many ask at once', async (testContext) => {
    const { flowOf, method } = await emailBed(testContext);
    const app = appWith({ 'email-code': emailCode({ resendCooldownSeconds: 0 }).settings });
    const context = await flowOf({ app });
    const spent = await Promise.all(Array.from({ length: 50 }, () => method.spendSend(context)));
    assert.equal(spent.filter((each) => each.isAllowed).length, 5);
  });
});
