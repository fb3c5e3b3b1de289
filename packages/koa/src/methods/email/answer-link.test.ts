import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ClientId } from '../../model/ids.ts';
import { emailBed, issuer, linksOn, appWith, otherThan } from '../../../test/email-bed.ts';

describe('a link', () => {
  test('leads to the issuer and proves the address once', async (testContext) => {
    const { flowOf, begin, answerLink, method, inbox } = await emailBed(testContext);
    const context = await flowOf();
    const { begun, secret } = await begin(context);
    assert.equal(inbox.lastLink('ada@example.com'), `${issuer}/link/${secret}`);
    assert.match(secret, /^[\w-]{43}$/);
    const verdict = await answerLink(context, begun, secret);
    assert.deepEqual(verdict.outcome === 'proved' ? [verdict.proof.method, verdict.proof.amr, verdict.proof.email] : verdict, ['magic-link', ['email'], 'ada@example.com']);
    assert.deepEqual(await answerLink(context, begun, secret), { outcome: 'spent', code: 'link_used' });
    await assert.rejects(method.findLink(secret), { code: 'link_used' });
  });

  test('ends the code of the same mail', async (testContext) => {
    const { flowOf, begin, answerLink, answerCode } = await emailBed(testContext);
    const context = await flowOf();
    const { begun, code, secret } = await begin(context);
    await answerLink(context, begun, secret);
    assert.deepEqual(await answerCode(context, begun, code), { outcome: 'spent', code: 'code_spent' });
  });

  test('may be looked at as often as a scanner likes', async (testContext) => {
    const { flowOf, begin, answerLink, method } = await emailBed(testContext);
    const context = await flowOf();
    const { begun, secret } = await begin(context);
    for (let at = 0; at < 20; at += 1) assert.equal((await method.findLink(secret)).flowId, context.flow.id);
    assert.equal((await answerLink(context, begun, secret)).outcome, 'proved');
  });

  test('that no longer works says why', async (testContext) => {
    const { flowOf, begin, answerLink, method, clock } = await emailBed(testContext);
    const context = await flowOf();
    const old = await begin(context);
    const fresh = await begin(context);
    await assert.rejects(method.findLink(old.secret), { code: 'link_replaced' });
    assert.deepEqual(await answerLink(context, old.begun, old.secret), { outcome: 'spent', code: 'link_replaced' });
    await assert.rejects(method.findLink('nothing'), { code: 'link_unknown' });
    assert.deepEqual(await answerLink(context, fresh.begun, old.secret), { outcome: 'spent', code: 'link_unknown' });
    clock.forward(299);
    await method.findLink(fresh.secret);
    clock.forward(1);
    await assert.rejects(method.findLink(fresh.secret), { code: 'link_expired' });
    assert.deepEqual(await answerLink(context, fresh.begun, fresh.secret), { outcome: 'spent', code: 'link_expired' });
  });

  test('is good in no other flow and for no other client, and is no code', async (testContext) => {
    const { flowOf, begin, answerLink, answerCode } = await emailBed(testContext);
    const context = await flowOf();
    const { begun, code, secret } = await begin(context);
    const other = await flowOf();
    assert.deepEqual(await answerLink(other, begun, secret), { outcome: 'spent', code: 'link_unknown' });
    const elsewhere = { ...context, client: { ...context.client, id: 'another' as ClientId } };
    assert.deepEqual(await answerLink(elsewhere, begun, secret), { outcome: 'spent', code: 'link_unknown' });
    assert.notEqual((await answerCode(context, begun, secret)).outcome, 'proved');
    assert.notEqual((await answerLink(context, begun, code)).outcome, 'proved');
    assert.equal((await answerLink(context, begun, secret)).outcome, 'proved');
  });

  test('of fifty that are opened at once proves one', async (testContext) => {
    const { flowOf, begin, answerLink } = await emailBed(testContext);
    const context = await flowOf();
    const { begun, secret } = await begin(context);
    const verdicts = await Promise.all(Array.from({ length: 50 }, () => answerLink(context, begun, secret)));
    assert.equal(verdicts.filter((verdict) => verdict.outcome === 'proved').length, 1);
    assert.ok(verdicts.every((verdict) => verdict.outcome === 'proved' || verdict.code === 'link_used'));
  });

  test('says nothing to who was suspended since', async (testContext) => {
    const { flowOf, begin, answerLink, answerCode } = await emailBed(testContext);
    const context = await flowOf();
    const { begun, code, secret } = await begin(context);
    assert.ok(context.user);
    const suspended = { ...context, user: { ...context.user, status: 'suspended' as const } };
    assert.deepEqual(await answerLink(suspended, begun, secret), { outcome: 'spent', code: 'link_unknown' });
    assert.deepEqual(await answerCode(suspended, begun, code), { outcome: 'wrong', code: 'code_wrong', attemptsLeft: 2 });
  });
});

describe('the number to match', () => {
  test('is two digits, and only who sees the page that waits knows it', async (testContext) => {
    const { flowOf, begin, challengeOf, method, mailText } = await withMail(testContext);
    const context = await flowOf({ app: appWith(linksOn) });
    const { begun } = await begin(context);
    assert.match(begun.matchNumber ?? '', /^\d\d$/);
    assert.doesNotMatch(mailText(), new RegExp(`^${begun.matchNumber}$`, 'm'));
    await method.checkMatchNumber(await challengeOf(begun, 'magic-link'), ` ${begun.matchNumber} `);
  });

  test('may be wrong twice; the third time ends the link', async (testContext) => {
    const { flowOf, begin, answerLink, challengeOf, method } = await emailBed(testContext);
    const context = await flowOf();
    const { begun, secret } = await begin(context);
    const wrong = otherThan(begun.matchNumber ?? '');
    await assert.rejects(method.checkMatchNumber(await challengeOf(begun, 'magic-link'), 'abc'), { code: 'link_number_wrong' });
    await assert.rejects(method.checkMatchNumber(await challengeOf(begun, 'magic-link'), wrong), { code: 'link_number_wrong' });
    await assert.rejects(method.checkMatchNumber(await challengeOf(begun, 'magic-link'), wrong), { code: 'link_number_wrong' });
    await assert.rejects(method.checkMatchNumber(await challengeOf(begun, 'magic-link'), wrong), { code: 'too_many_attempts' });
    await assert.rejects(method.checkMatchNumber(await challengeOf(begun, 'magic-link'), begun.matchNumber ?? ''), { code: 'too_many_attempts' });
    await assert.rejects(method.findLink(secret), { code: 'too_many_attempts' });
    assert.deepEqual(await answerLink(context, begun, secret), { outcome: 'spent', code: 'too_many_attempts' });
  });

  test('is still right at the third try', async (testContext) => {
    const { flowOf, begin, answerLink, challengeOf, method } = await emailBed(testContext);
    const context = await flowOf();
    const { begun, secret } = await begin(context);
    const challenge = await challengeOf(begun, 'magic-link');
    const wrong = otherThan(begun.matchNumber ?? '');
    for (let at = 0; at < 2; at += 1) await assert.rejects(method.checkMatchNumber(challenge, wrong));
    await method.checkMatchNumber(challenge, begun.matchNumber ?? '');
    assert.equal((await answerLink(context, begun, secret)).outcome, 'proved');
  });

  test('of a hundred guesses at once is compared three times at most', async (testContext) => {
    const { flowOf, begin, challengeOf, method } = await emailBed(testContext);
    const { begun } = await begin(await flowOf());
    const challenge = await challengeOf(begun, 'magic-link');
    const guesses = Array.from({ length: 100 }, (_, at) => String(at).padStart(2, '0'));
    const codes = await Promise.all(guesses.map((guess) => method.checkMatchNumber(challenge, guess).then(() => 'right', (fault: { code: string }) => fault.code)));
    assert.ok(codes.filter((code) => code === 'link_number_wrong' || code === 'right').length <= 3);
  });
});

async function withMail(testContext: Parameters<typeof emailBed>[0]) {
  const bed = await emailBed(testContext);
  return { ...bed, mailText: () => bed.inbox.last('ada@example.com')?.text ?? '' };
}
