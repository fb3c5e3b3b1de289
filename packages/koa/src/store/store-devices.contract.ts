import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Device, DeviceAlarm } from '../model/device.ts';
import type { UserId } from '../model/ids.ts';
import type { OpenStore } from '../ports/store.ts';
import { after, digest, fresh, now, origin, storedUser } from './sample-records.contract.ts';

function device(userId: UserId, changes: Partial<Device> = {}): Device {
  return { id: fresh('device'), userId, secretDigest: digest(), origin, firstSeenAt: now, lastSeenAt: now, ...changes };
}

const shownAt = (seconds: number): NonNullable<Device['confirmed']> => ({ at: after(seconds), by: [{ method: 'password', isMultiFactor: false }, { method: 'totp', isMultiFactor: false }] });

const alarm = (): DeviceAlarm => ({ digest: digest(), expiresAt: after(600), appId: fresh('app'), clientId: fresh('client'), language: 'de' });

export function describeDevices(store: () => OpenStore): void {
  test('a device comes back as it was, by its id, by one of the secrets of its browser, and by its alarm', async () => {
    const owner = await storedUser(store());
    const full = device(owner.id, { confirmed: shownAt(1), remembered: { at: after(2), until: after(99) }, alarm: alarm() });
    await store().devices.insert(full);
    assert.deepEqual(await store().devices.find(full.id), full);
    assert.deepEqual(await store().devices.findBySecret(owner.id, [digest(), full.secretDigest]), full);
    assert.deepEqual(await store().devices.findByAlarm(full.alarm?.digest ?? digest()), full);
    assert.equal(await store().devices.findBySecret(owner.id, []), undefined);
    assert.equal(await store().devices.findBySecret(owner.id, [digest()]), undefined);
  });
  test('a browser’s secret finds the device of its user, and nobody else’s', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    const theirs = device(owner.id);
    await store().devices.insert(theirs);
    assert.equal(await store().devices.findBySecret(other.id, [theirs.secretDigest]), undefined);
    assert.equal(await store().devices.findBySecret(fresh('user'), [theirs.secretDigest]), undefined);
  });
  test('a use changes what it says, and nothing else', async () => {
    const owner = await storedUser(store());
    const first = device(owner.id, { confirmed: shownAt(1) });
    await store().devices.insert(first);
    const moved = { ...origin, address: '192.0.2.9' };
    await store().devices.noteUse(first.id, { origin: moved, lastSeenAt: after(50) });
    assert.deepEqual(await store().devices.find(first.id), { ...first, origin: moved, lastSeenAt: after(50) });
    const remembered = { at: after(60), until: after(90) };
    await store().devices.noteUse(first.id, { origin: moved, lastSeenAt: after(60), confirmed: shownAt(60), remembered });
    assert.deepEqual(await store().devices.find(first.id), { ...first, origin: moved, lastSeenAt: after(60), confirmed: shownAt(60), remembered });
  });
  test('what is no longer trusted is still known', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    const trust = { confirmed: shownAt(1), remembered: { at: after(2), until: after(99) } };
    const [mine, theirs] = [device(owner.id), device(other.id, trust)];
    await store().devices.insert({ ...mine, ...trust });
    await store().devices.insert(theirs);
    await store().devices.distrustAllOf(owner.id);
    assert.deepEqual(await store().devices.findBySecret(owner.id, [mine.secretDigest]), mine);
    assert.deepEqual(await store().devices.find(theirs.id), theirs);
  });
  test('a device is forgotten once, by its owner alone, and is listed still', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    const mine = device(owner.id);
    await store().devices.insert(mine);
    assert.equal(await store().devices.forget(mine.id, other.id, now), false);
    assert.equal(await store().devices.forget(mine.id, owner.id, now), true);
    assert.equal(await store().devices.forget(mine.id, owner.id, now), false);
    assert.equal(await store().devices.find(mine.id), undefined);
    assert.equal(await store().devices.findBySecret(owner.id, [mine.secretDigest]), undefined);
    assert.deepEqual(await store().devices.listOf(owner.id), [{ ...mine, forgottenAt: now }]);
  });
  test('all devices of a user are forgotten at once, and nobody else’s', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    const [one, two, theirs] = [device(owner.id), device(owner.id, { lastSeenAt: after(5) }), device(other.id)];
    for (const each of [one, two, theirs]) await store().devices.insert(each);
    assert.deepEqual(await store().devices.listOf(owner.id), [two, one]);
    await store().devices.forgetAllOf(owner.id, after(9));
    assert.deepEqual((await store().devices.listOf(owner.id)).map(({ forgottenAt }) => forgottenAt), [after(9), after(9)]);
    assert.deepEqual(await store().devices.find(theirs.id), theirs);
  });
  test('of more than thirty devices of a user those go that were not seen for longest', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    const theirs = device(other.id);
    await store().devices.insert(theirs);
    const all = Array.from({ length: 32 }, (_, at) => device(owner.id, { lastSeenAt: after(at) }));
    for (const each of all) await store().devices.insert(each);
    assert.deepEqual((await store().devices.listOf(owner.id)).map(({ id }) => id), all.slice(2).toReversed().map(({ id }) => id));
    const old = device(owner.id, { lastSeenAt: after(-5) });
    await store().devices.insert(old);
    assert.deepEqual(await store().devices.find(old.id), old, 'the one that is new stays in any case');
    assert.equal((await store().devices.listOf(other.id)).length, 1);
  });
  test('an alarm is claimed once', async () => {
    const owner = await storedUser(store());
    const told = alarm();
    await store().devices.insert(device(owner.id, { alarm: told }));
    const claims = await Promise.all(Array.from({ length: 20 }, () => store().devices.claimAlarm(told.digest, now)));
    assert.deepEqual(claims.filter(Boolean), [true]);
    assert.deepEqual((await store().devices.findByAlarm(told.digest))?.alarm, { ...told, claimedAt: now });
    assert.equal(await store().devices.claimAlarm(digest(), now), false);
  });
}
