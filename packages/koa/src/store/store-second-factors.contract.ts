import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { UserId } from '../model/ids.ts';
import type { Permit } from '../model/permit.ts';
import type { OpenStore } from '../ports/store.ts';
import { after, fresh, now, past, recoveryCode, storedUser, totp } from './sample-records.contract.ts';

export function describeSecondFactors(store: () => OpenStore): void {
  test('a user has several authenticator apps, the oldest first, and an id is stored once', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    const [newer, older] = [totp(owner.id, { createdAt: after(5) }), totp(owner.id)];
    for (const each of [newer, older]) assert.equal(await store().totps.insert(each), true);
    assert.equal(await store().totps.insert(totp(other.id, { id: older.id })), false);
    assert.deepEqual(await store().totps.listOf(owner.id), [older, newer]);
    assert.deepEqual(await store().totps.listOf(other.id), []);
  });
  test('an owner is locked inside a transaction, which then goes on', async () => {
    const owner = await storedUser(store());
    await store().transaction(async (inside) => {
      await inside.users.lock(owner.id);
      assert.equal(await inside.totps.insert(totp(owner.id)), true);
    });
    assert.equal((await store().totps.listOf(owner.id)).length, 1);
  });
  test('of two who lock an owner the second sees what the first has written', async () => {
    const owner = await storedUser(store());
    const { promise: isLocked, resolve } = Promise.withResolvers<void>();
    const first = store().transaction(async (inside) => {
      await inside.users.lock(owner.id);
      resolve();
      // Time enough for the other to get ahead, if nothing holds it.
      await sleep(50);
      await inside.totps.insert(totp(owner.id));
    });
    await isLocked;
    const seen = await store().transaction(async (inside) => {
      await inside.users.lock(owner.id);
      return inside.totps.listOf(owner.id);
    });
    await first;
    assert.equal(seen.length, 1);
  });
  test('a step is taken once, and none before it any more', async () => {
    const owner = await storedUser(store());
    const record = totp(owner.id, { lastUsedStep: 100 });
    await store().totps.insert(record);
    for (const [step, isTaken] of [[100, false], [102, true], [102, false], [101, false], [103, true]] as const) {
      assert.equal(await store().totps.spendStep(record.id, step), isTaken, String(step));
    }
    assert.deepEqual(await store().totps.listOf(owner.id), [{ ...record, lastUsedStep: 103 }]);
    assert.equal(await store().totps.spendStep(fresh('totp'), 200), false);
  });
  test('an authenticator app is removed once, by its owner alone', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    const [record, kept] = [totp(owner.id), totp(owner.id)];
    for (const each of [record, kept]) await store().totps.insert(each);
    assert.equal(await store().totps.remove(record.id, other.id), false);
    assert.equal(await store().totps.remove(record.id, owner.id), true);
    assert.equal(await store().totps.remove(record.id, owner.id), false);
    assert.deepEqual(await store().totps.listOf(owner.id), [kept]);
  });
  test('new recovery codes take the place of all old ones, and of nobody else’s', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    const theirs = recoveryCode(other.id);
    await store().recoveryCodes.replaceAll(other.id, [theirs]);
    const [first, second] = [recoveryCode(owner.id), recoveryCode(owner.id)];
    await store().recoveryCodes.replaceAll(owner.id, [first]);
    await store().recoveryCodes.replaceAll(owner.id, [second]);
    assert.deepEqual(await store().recoveryCodes.listOf(owner.id), [second]);
    assert.equal(await store().recoveryCodes.countOf(owner.id), 1);
    await store().recoveryCodes.replaceAll(owner.id, []);
    assert.equal(await store().recoveryCodes.countOf(owner.id), 0);
    assert.deepEqual(await store().recoveryCodes.listOf(other.id), [theirs]);
  });
  test('a recovery code is taken once, by its owner alone', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    const code = recoveryCode(owner.id);
    await store().recoveryCodes.replaceAll(owner.id, [code]);
    assert.equal(await store().recoveryCodes.claim(code.id, other.id), false);
    assert.equal(await store().recoveryCodes.claim(code.id, owner.id), true);
    assert.equal(await store().recoveryCodes.claim(code.id, owner.id), false);
  });
  test('an offer that was declined stays declined', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    assert.equal(await store().secondFactorOffers.hasDeclined(owner.id), false);
    for (const moment of [now, after(5)]) await store().secondFactorOffers.noteDeclined(owner.id, moment);
    assert.equal(await store().secondFactorOffers.hasDeclined(owner.id), true);
    assert.equal(await store().secondFactorOffers.hasDeclined(other.id), false);
  });
  test('all authenticator apps of one user go, and nobody else’s', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    for (const each of [totp(owner.id), totp(owner.id), totp(other.id)]) await store().totps.insert(each);
    assert.deepEqual([await store().totps.removeAllOf(owner.id), await store().totps.removeAllOf(owner.id)], [2, 0]);
    assert.deepEqual([(await store().totps.listOf(owner.id)).length, (await store().totps.listOf(other.id)).length], [0, 1]);
  });
  test('a permit is found and taken only while it is open, and once', async () => {
    const owner = await storedUser(store());
    const permit: Permit = { userId: owner.id, startedBy: 'desk-7', reason: 'lost phone', createdAt: now, opensAt: after(60), expiresAt: after(120) };
    await store().permits.put({ ...permit, reason: 'an older one', opensAt: now });
    await store().permits.put(permit);
    for (const moment of [after(59), after(120)]) {
      assert.equal(await store().permits.findOpen(owner.id, moment), undefined);
      assert.equal(await store().permits.claim(owner.id, moment), undefined);
    }
    assert.deepEqual(await store().permits.findOpen(owner.id, after(60)), permit);
    assert.deepEqual(await store().permits.claim(owner.id, after(60)), permit);
    assert.equal(await store().permits.claim(owner.id, after(60)), undefined);
  });
  test('a permit is taken back, or goes when it is past', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    const permitOf = (userId: UserId, expiresAt: Date): Permit => ({ userId, startedBy: 'desk-7', reason: '', createdAt: past, opensAt: past, expiresAt });
    await store().permits.put(permitOf(owner.id, after(60)));
    await store().permits.put(permitOf(other.id, after(1, past)));
    assert.equal(await store().permits.removeExpired(after(1, past), 10), 1);
    assert.deepEqual([await store().permits.withdraw(owner.id), await store().permits.withdraw(owner.id), await store().permits.withdraw(other.id)], [true, false, false]);
  });
}
