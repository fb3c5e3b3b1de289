import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OpenStore } from '../ports/store.ts';
import { after, digest, now, past } from './sample-records.contract.ts';

export function describeLimits(store: () => OpenStore): void {
  test('without a pause, whoever read the clock a moment earlier and comes second is let through', async () => {
    const { limits } = store();
    const key = digest();
    const budget = { limit: 3, windowSeconds: 60, cooldownSeconds: 0 };
    assert.equal((await limits.spend(key, budget, after(1))).isAllowed, true);
    assert.equal((await limits.spend(key, budget, now)).isAllowed, true);
  });
  test('a budget is spent to its limit, and begins anew after its window', async () => {
    const key = digest();
    const budget = { limit: 2, windowSeconds: 60, cooldownSeconds: 0 };
    assert.deepEqual(await store().limits.spend(key, budget, now), { isAllowed: true, left: 1, nextAt: now });
    assert.deepEqual(await store().limits.spend(key, budget, after(10)), { isAllowed: true, left: 0, nextAt: after(60) });
    assert.deepEqual(await store().limits.spend(key, budget, after(59)), { isAllowed: false, reason: 'limit', retryAt: after(60) });
    assert.deepEqual(await store().limits.spend(key, budget, after(60)), { isAllowed: true, left: 1, nextAt: after(60) });
  });
  test('between two uses the cooldown passes, and a refusal does not prolong it', async () => {
    const key = digest();
    const budget = { limit: 2, windowSeconds: 60, cooldownSeconds: 30 };
    assert.deepEqual(await store().limits.spend(key, budget, now), { isAllowed: true, left: 1, nextAt: after(30) });
    assert.deepEqual(await store().limits.spend(key, budget, after(29)), { isAllowed: false, reason: 'cooldown', retryAt: after(30) });
    assert.deepEqual(await store().limits.spend(key, budget, after(30)), { isAllowed: true, left: 0, nextAt: after(60) });
  });
  test('what is given back may be spent again within its window, and no more than was spent', async () => {
    const { limits } = store();
    const key = digest();
    const budget = { limit: 2, windowSeconds: 60, cooldownSeconds: 0 };
    assert.equal(await limits.used(key, now), 0);
    await limits.giveBack(key, now);
    await limits.spend(key, budget, now);
    await limits.spend(key, budget, now);
    assert.equal(await limits.used(key, after(59)), 2);
    await limits.giveBack(key, after(59));
    assert.equal(await limits.used(key, after(59)), 1);
    assert.equal((await limits.spend(key, budget, after(59))).isAllowed, true);
    assert.equal((await limits.spend(key, budget, after(59))).isAllowed, false);
    for (let times = 0; times < 3; times += 1) await limits.giveBack(key, after(59));
    assert.equal(await limits.used(key, after(59)), 0);
    await limits.giveBack(key, after(60));
    assert.equal(await limits.used(key, after(60)), 0);
  });
  test('a cooldown that is ended early gives back nothing of the budget', async () => {
    const key = digest();
    const budget = { limit: 2, windowSeconds: 60, cooldownSeconds: 30 };
    await store().limits.endCooldown(key, now);
    await store().limits.spend(key, budget, now);
    await store().limits.endCooldown(key, after(5));
    assert.deepEqual(await store().limits.spend(key, budget, after(5)), { isAllowed: true, left: 0, nextAt: after(60) });
    await store().limits.endCooldown(key, after(6));
    assert.deepEqual(await store().limits.spend(key, budget, after(6)), { isAllowed: false, reason: 'limit', retryAt: after(60) });
  });
  test('a cooldown outlasts a shorter window, and a budget of nothing allows nothing', async () => {
    const key = digest();
    const budget = { limit: 1, windowSeconds: 10, cooldownSeconds: 30 };
    await store().limits.spend(key, budget, now);
    assert.deepEqual(await store().limits.spend(key, budget, after(20)), { isAllowed: false, reason: 'cooldown', retryAt: after(30) });
    const none = await store().limits.spend(digest(), { ...budget, limit: 0 }, now);
    assert.deepEqual(none, { isAllowed: false, reason: 'limit', retryAt: after(10) });
  });
  test('failures lock at each tier, longer at the higher one', async () => {
    const key = digest();
    const policy = { tiers: [{ attempts: 4, lockSeconds: 600 }, { attempts: 2, lockSeconds: 60 }], forgetAfterSeconds: 3600 };
    assert.deepEqual(await store().limits.countFailure(key, policy, now), { failures: 1 });
    assert.equal(await store().limits.findLock(key, now), undefined);
    assert.deepEqual(await store().limits.countFailure(key, policy, now), { failures: 2, lockedUntil: after(60) });
    assert.deepEqual(await store().limits.findLock(key, after(59)), after(60));
    assert.equal(await store().limits.findLock(key, after(60)), undefined);
    assert.deepEqual(await store().limits.countFailure(key, policy, after(60)), { failures: 3, lockedUntil: after(120) });
    assert.deepEqual(await store().limits.countFailure(key, policy, after(120)), { failures: 4, lockedUntil: after(720) });
    await store().limits.forgetFailures(key);
    assert.equal(await store().limits.findLock(key, after(120)), undefined);
    assert.deepEqual(await store().limits.countFailure(key, policy, after(120)), { failures: 1 });
  });
  test('an attempt counts as a failure until there is a lock, and while it holds none is counted', async () => {
    const key = digest();
    const policy = { tiers: [{ attempts: 2, lockSeconds: 60 }, { attempts: 3, lockSeconds: 600 }], forgetAfterSeconds: 3600 };
    assert.deepEqual(await store().limits.countAttempt(key, policy, now), { failures: 1 });
    assert.deepEqual(await store().limits.countAttempt(key, policy, now), { failures: 2, lockedUntil: after(60) });
    assert.equal(await store().limits.countAttempt(key, policy, now), undefined);
    assert.equal(await store().limits.countAttempt(key, policy, after(59)), undefined);
    assert.deepEqual(await store().limits.findLock(key, after(59)), after(60));
    assert.deepEqual(await store().limits.countAttempt(key, policy, after(60)), { failures: 3, lockedUntil: after(660) });
    assert.deepEqual(await store().limits.countAttempt(key, policy, after(4_260)), { failures: 1 });
    await store().limits.forgetFailures(key);
    assert.deepEqual(await store().limits.countAttempt(key, { ...policy, tiers: [] }, after(4_260)), { failures: 1 });
  });
  test('a failure that is long ago does not count, and without tiers nothing locks', async () => {
    const key = digest();
    const policy = { tiers: [{ attempts: 2, lockSeconds: 60 }], forgetAfterSeconds: 100 };
    assert.equal(await store().limits.findFailures(key, 100, now), 0);
    await store().limits.countFailure(key, policy, now);
    assert.equal(await store().limits.findFailures(key, 100, after(99)), 1);
    assert.equal(await store().limits.findFailures(key, 100, after(100)), 0);
    assert.deepEqual(await store().limits.countFailure(key, policy, after(100)), { failures: 1 });
    assert.deepEqual(await store().limits.countFailure(key, { ...policy, tiers: [] }, after(101)), { failures: 2 });
    const first = { ...policy, tiers: [{ attempts: 1, lockSeconds: 5 }] };
    assert.deepEqual(await store().limits.countFailure(digest(), first, now), { failures: 1, lockedUntil: after(5) });
  });
  test('a failure that was none is forgiven alone, and never more than there were', async () => {
    const { limits } = store();
    const key = digest();
    const policy = { tiers: [], forgetAfterSeconds: 100 };
    await limits.forgiveFailure(key);
    for (let times = 0; times < 2; times += 1) await limits.countFailure(key, policy, now);
    await limits.forgiveFailure(key);
    assert.equal(await limits.findFailures(key, 100, now), 1);
    for (let times = 0; times < 2; times += 1) await limits.forgiveFailure(key);
    assert.equal(await limits.findFailures(key, 100, now), 0);
  });
  test('what says nothing any more is removed', async () => {
    const policy = { tiers: [{ attempts: 1, lockSeconds: 60 }], forgetAfterSeconds: 10 };
    await store().limits.spend(digest(), { limit: 1, windowSeconds: 60, cooldownSeconds: 0 }, past);
    await store().limits.countFailure(digest(), policy, past);
    assert.equal(await store().limits.removeExpired(after(59, past), 9), 0);
    assert.equal(await store().limits.removeExpired(after(60, past), 1), 1);
    assert.equal(await store().limits.removeExpired(after(60, past), 9), 1);
  });
}
