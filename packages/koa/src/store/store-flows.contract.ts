import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UserId } from '../model/ids.ts';
import type { OpenStore } from '../ports/store.ts';
import { after, challenge, digest, flow, fresh, now, queuedMail, storedChallenge, storedFlow, past } from './sample-records.contract.ts';

export function describeFlows(store: () => OpenStore): void {
  test('a flow comes back as it was, every moment a moment and every text a text', async () => {
    const record = await storedFlow(store());
    assert.deepEqual(await store().flows.find(record.id), record);
    assert.deepEqual(await store().flows.findByHandle(record.handleDigest), record);
    assert.equal(await store().flows.findByHandle(digest()), undefined);
  });
  test('a flow is saved once for each version', async () => {
    const record = await storedFlow(store());
    const saved = await store().flows.save({ ...record, step: 'done', handleDigest: digest() });
    assert.equal(saved?.version, 1);
    assert.deepEqual(await store().flows.find(record.id), saved);
    assert.equal(await store().flows.save(record), undefined);
    assert.equal(await store().flows.findByHandle(record.handleDigest), undefined);
    assert.deepEqual(await store().flows.find(record.id), saved);
  });
  test('the other flows of whoever is proved are dropped with their challenges, and nobody else’s', async () => {
    const kept = await storedFlow(store());
    assert.ok(kept.userId);
    const others = [flow({ userId: kept.userId }), flow({ userId: kept.userId })];
    const { userId: _nobody, ...unproved } = flow();
    for (const record of [...others, unproved]) await store().flows.insert(record);
    const [asked] = [challenge(others[0]?.id ?? kept.id)];
    await store().challenges.insert(asked);
    const late = await store().flows.save({ ...unproved, userId: kept.userId });
    const elsewhere = await storedFlow(store());
    await store().flows.removeOf(kept.userId, kept.id);
    for (const record of [...others, unproved]) assert.equal(await store().flows.find(record.id), undefined);
    assert.equal(late === undefined ? undefined : await store().flows.save(late), undefined);
    assert.equal(await store().challenges.find(asked.id), undefined);
    assert.deepEqual([await store().flows.find(kept.id), await store().flows.find(elsewhere.id)], [kept, elsewhere]);
  });
  test('flows that are past are removed in batches, with their challenges', async () => {
    const [first, second, third] = [-1, 0, 1].map((seconds) => flow({ expiresAt: after(seconds, past) }));
    assert.ok(first && second && third);
    for (const record of [third, second, first]) await store().flows.insert(record);
    const asked = challenge(first.id);
    await store().challenges.insert(asked);
    assert.equal(await store().flows.removeExpired(past, 1), 1);
    assert.deepEqual([await store().challenges.find(asked.id), await store().flows.find(first.id)], [undefined, first]);
    assert.equal(await store().flows.removeExpired(past, 1), 1, 'the oldest');
    assert.deepEqual([await store().flows.find(first.id), await store().flows.find(second.id)], [undefined, second]);
    assert.equal(await store().flows.removeExpired(past, 10), 1);
    assert.equal(await store().flows.removeExpired(past, 10), 0);
    assert.equal(await store().flows.removeExpired(after(1, past), 10), 1);
  });
  test('a flow with many challenges goes in steps of the same size', async () => {
    const [crowded, bare] = [flow({ expiresAt: past }), flow({ expiresAt: after(1, past) })];
    for (const record of [crowded, bare]) await store().flows.insert(record);
    for (let asked = 0; asked < 7; asked += 1) await store().challenges.insert(challenge(crowded.id));
    const steps: number[] = [];
    do steps.push(await store().flows.removeExpired(after(1, past), 3)); while (steps.at(-1) !== 0);
    assert.deepEqual(steps, [3, 3, 1 + 2, 0]);
  });
}

export function describeChallenges(store: () => OpenStore): void {
  test('a challenge comes back as it was, also by its secret and method', async () => {
    const record = await storedChallenge(store());
    assert.deepEqual(await store().challenges.find(record.id), record);
    assert.deepEqual(await store().challenges.findBySecret('email-code', record.secretDigest), record);
    assert.equal(await store().challenges.findBySecret('magic-link', record.secretDigest), undefined);
  });
  test('attempts are spent down to none', async () => {
    const { id } = await storedChallenge(store(), { attemptsLeft: 2 });
    assert.deepEqual(await store().challenges.spendAttempt(id, now), { attemptsLeft: 1 });
    assert.deepEqual(await store().challenges.spendAttempt(id, now), { attemptsLeft: 0 });
    assert.equal(await store().challenges.spendAttempt(id, now), undefined);
  });
  test('a challenge that is past or ended takes no attempt and is not claimed', async () => {
    const over = await storedChallenge(store(), { expiresAt: now });
    assert.equal(await store().challenges.spendAttempt(over.id, now), undefined);
    assert.equal(await store().challenges.claim(over.id, over.secretDigest, now), undefined);
    const used = await storedChallenge(store());
    await store().challenges.claim(used.id, used.secretDigest, now);
    assert.equal(await store().challenges.spendAttempt(used.id, now), undefined);
    assert.equal(await store().challenges.claim(used.id, used.secretDigest, now), undefined);
  });
  test('a challenge is claimed with its own secret only', async () => {
    const record = await storedChallenge(store());
    assert.equal(await store().challenges.claim(record.id, digest(), now), undefined);
    assert.deepEqual(await store().challenges.claim(record.id, record.secretDigest, now), { ...record, end: 'used' });
    assert.equal((await store().challenges.findBySecret('email-code', record.secretDigest))?.end, 'used');
  });
  test('replacing ends the open challenges of those methods and that purpose, of that flow', async () => {
    const { id } = await storedFlow(store());
    const [code, link, enroll] = [challenge(id), challenge(id, { method: 'magic-link' }), challenge(id, { purpose: 'enroll' })];
    const used = challenge(id);
    for (const record of [code, link, enroll, used]) await store().challenges.insert(record);
    await store().challenges.claim(used.id, used.secretDigest, now);
    const elsewhere = await storedChallenge(store());
    await store().challenges.replace(id, ['email-code'], 'prove');
    const ends = await Promise.all([code, link, enroll, used, elsewhere].map(({ id: key }) => store().challenges.find(key)));
    assert.deepEqual(ends.map((record) => record?.end), ['replaced', undefined, undefined, 'used', undefined]);
    await store().challenges.replace(id, [], 'prove');
    await store().challenges.replace(id, ['email-code', 'magic-link'], 'prove');
    assert.equal((await store().challenges.find(link.id))?.end, 'replaced');
  });
  test('the open recoveries of a user end, in every flow, and nothing else of theirs', async () => {
    const [userId, other] = [fresh<UserId>('user'), fresh<UserId>('user')];
    const one = await storedChallenge(store(), { userId, purpose: 'recover' });
    const two = await storedChallenge(store(), { userId, purpose: 'recover', method: 'magic-link' });
    const used = await storedChallenge(store(), { userId, purpose: 'recover' });
    await store().challenges.claim(used.id, used.secretDigest, now);
    const signIn = await storedChallenge(store(), { userId });
    const theirs = await storedChallenge(store(), { userId: other, purpose: 'recover' });
    await store().challenges.endRecoveriesOf(userId);
    const ends = await Promise.all([one, two, used, signIn, theirs].map(({ id }) => store().challenges.find(id)));
    assert.deepEqual(ends.map((record) => record?.end), ['replaced', 'replaced', 'used', undefined, undefined]);
  });
  test('challenges that are past are removed in batches', async () => {
    await storedChallenge(store(), { expiresAt: past });
    await storedChallenge(store(), { expiresAt: past });
    assert.equal(await store().challenges.removeExpired(past, 1), 1);
    assert.equal(await store().challenges.removeExpired(past, 5), 1);
  });
}

export function describeOutbox(store: () => OpenStore): void {
  test('mails that are due are leased, the oldest first, and nobody else gets them until the lease ends', async () => {
    const [late, early] = [queuedMail({ nextAttemptAt: past }), queuedMail({ nextAttemptAt: after(-1, past) })];
    const future = queuedMail({ nextAttemptAt: after(1, past) });
    const over = queuedMail({ nextAttemptAt: past, expiresAt: past });
    for (const mail of [late, early, future, over]) await store().outbox.insert(mail);
    const lease = after(30, past);
    assert.deepEqual(await store().outbox.claimDue(past, lease, 1), [{ ...early, nextAttemptAt: lease }]);
    assert.deepEqual(await store().outbox.claimDue(past, lease, 9), [{ ...late, nextAttemptAt: lease }]);
    assert.deepEqual(await store().outbox.claimDue(past, lease, 9), []);
    const again = await store().outbox.claimDue(lease, after(60, past), 9);
    assert.deepEqual(again.map(({ id }) => id).toSorted(), [late.id, early.id, future.id].toSorted());
    for (const { id } of again) await store().outbox.markSent(id, past);
    assert.equal(await store().outbox.removeExpired(past, 9), 1);
  });
  test('a delivery is sending, delayed after a failure, and sent at last; a sent mail is not claimed', async () => {
    const mail = queuedMail({ nextAttemptAt: past });
    assert.ok(mail.challengeId);
    assert.equal(await store().outbox.findDelivery(mail.challengeId), undefined);
    await store().outbox.insert(mail);
    assert.equal(await store().outbox.findDelivery(mail.challengeId), 'sending');
    await store().outbox.postpone(mail.id, past);
    assert.equal(await store().outbox.findDelivery(mail.challengeId), 'delayed');
    const [claimed] = await store().outbox.claimDue(past, past, 1);
    assert.equal(claimed?.attempts, 1);
    await store().outbox.markSent(mail.id, now);
    assert.equal(await store().outbox.findDelivery(mail.challengeId), 'sent');
    await store().outbox.postpone(mail.id, past);
    assert.deepEqual(await store().outbox.claimDue(past, past, 1), []);
  });
}
