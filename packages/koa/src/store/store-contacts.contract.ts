import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AccessCode } from '../model/access-code.ts';
import type { ContactUndo, NewContactChange } from '../model/contact.ts';
import type { CanonicalEmail, CanonicalPhone, UserId } from '../model/ids.ts';
import type { Store } from '../ports/store.ts';
import { after, digest, fresh, now, past, storedUser, user } from './sample-records.contract.ts';

function change(userId: UserId, changes: Partial<NewContactChange> = {}): NewContactChange {
  return {
    id: fresh('change'), userId, sessionId: fresh('session'), clientId: fresh('client'), kind: 'email', typed: 'New@Example.org',
    canonical: fresh<CanonicalEmail>('new@example.org'), codeDigest: digest(), linkDigest: digest(), attemptsLeft: 2, createdAt: now,
    expiresAt: after(300), ...changes,
  };
}

function undo(userId: UserId, changes: Partial<ContactUndo> = {}): Omit<ContactUndo, 'end'> {
  const canonical = fresh<CanonicalEmail>('old@example.org');
  return {
    digest: digest(), userId, clientId: fresh('client'), kind: 'email', before: { typed: 'Old@Example.org', canonical, verifiedAt: after(-60) },
    createdAt: now, expiresAt: after(600), ...changes,
  };
}

function accessCode(userId: UserId): AccessCode {
  return { userId, appId: fresh('app'), codeDigest: digest(), issuer: 'Eva', createdAt: now, expiresAt: after(300) };
}

/** What a store promises of contacts that change, and of codes of support. */
export function describeContacts(store: () => Store): void {
  describe('contacts', () => {
    test('a change comes back as it went in, by its id and by its link', async () => {
      const record = change((await storedUser(store())).id);
      await store().contactChanges.insert(record);
      assert.deepEqual(await store().contactChanges.find(record.id), record);
      assert.deepEqual(record.linkDigest && await store().contactChanges.findByLink(record.linkDigest), record);
      const { linkDigest: _none, ...phone } = change(record.userId, { kind: 'phone', canonical: fresh<CanonicalPhone>('+33') });
      await store().contactChanges.insert(phone);
      assert.deepEqual(await store().contactChanges.listOpen(record.userId, now), [record, phone]);
      assert.deepEqual(await store().contactChanges.listOpen(record.userId, after(300)), []);
    });
    test('a new change ends the user’s open one of the same kind, and nobody else’s', async () => {
      const [owner, other] = [await storedUser(store()), await storedUser(store())];
      const [first, second, theirs] = [change(owner.id), change(owner.id), change(other.id)];
      for (const record of [theirs, first, second]) await store().contactChanges.insert(record);
      assert.equal((await store().contactChanges.find(first.id))?.end, 'replaced');
      assert.deepEqual(await store().contactChanges.listOpen(other.id, now), [theirs]);
    });
    test('attempts are spent one by one, and none once it ended or is past', async () => {
      const record = change((await storedUser(store())).id);
      await store().contactChanges.insert(record);
      assert.deepEqual(await store().contactChanges.spendAttempt(record.id, now), { attemptsLeft: 1 });
      assert.equal(await store().contactChanges.spendAttempt(record.id, after(300)), undefined);
      assert.deepEqual(await store().contactChanges.spendAttempt(record.id, now), { attemptsLeft: 0 });
      assert.equal(await store().contactChanges.spendAttempt(record.id, now), undefined);
    });
    test('a change is taken once, by its code or by its link, and not when it is past', async () => {
      const { id: owner } = await storedUser(store());
      for (const by of ['codeDigest', 'linkDigest'] as const) {
        const record = change(owner);
        await store().contactChanges.insert(record);
        const secret = record[by] ?? digest();
        assert.equal(await store().contactChanges.claim(record.id, digest(), now), undefined);
        assert.equal(await store().contactChanges.claim(record.id, secret, after(300)), undefined);
        const taken = await Promise.all([1, 2, 3].map(() => store().contactChanges.claim(record.id, secret, now)));
        assert.deepEqual(taken.filter((one) => one !== undefined), [{ ...record, end: 'used' }]);
      }
    });
    test('one change is ended, or all of a user’s', async () => {
      const { id: owner } = await storedUser(store());
      const [one, other] = [change(owner), change(owner, { kind: 'phone' })];
      for (const record of [one, other]) await store().contactChanges.insert(record);
      await store().contactChanges.end((await storedUser(store())).id, one.id);
      await store().contactChanges.end(owner, one.id);
      assert.deepEqual(await store().contactChanges.listOpen(owner, now), [other]);
      await store().contactChanges.end(owner);
      assert.deepEqual(await store().contactChanges.listOpen(owner, now), []);
    });
    test('what was there before comes back once', async () => {
      const { id: owner } = await storedUser(store());
      const record = undo(owner);
      await store().contactUndos.insert(record);
      assert.deepEqual(await store().contactUndos.find(record.digest), record);
      assert.equal(await store().contactUndos.claim(record.digest, after(600)), undefined);
      const taken = await Promise.all([1, 2, 3].map(() => store().contactUndos.claim(record.digest, now)));
      assert.deepEqual(taken.filter((one) => one !== undefined), [{ ...record, end: 'used' }]);
      const { before: _none, ...bare } = undo(owner, { kind: 'phone' });
      await store().contactUndos.insert(bare);
      assert.deepEqual(await store().contactUndos.find(bare.digest), bare);
    });
    test('those that came with a change or after it end together, the oldest first', async () => {
      const { id: owner } = await storedUser(store());
      const records = [undo(owner, { createdAt: after(20) }), undo(owner, { createdAt: after(10) }), undo(owner, { createdAt: after(-10) }), undo((await storedUser(store())).id, { createdAt: after(20) })] as const;
      for (const record of records) await store().contactUndos.insert(record);
      const ended = await store().contactUndos.replaceSince(owner, now);
      assert.deepEqual(ended.map((one) => one.digest), [records[1].digest, records[0].digest]);
      assert.deepEqual(await store().contactUndos.replaceSince(owner, now), []);
      assert.equal((await store().contactUndos.find(records[2].digest))?.end, undefined);
    });
    test('a contact takes the place of the one that was read, and of no other', async () => {
      const owner = await storedUser(store());
      const to = { typed: 'Later@Example.org', canonical: fresh<CanonicalEmail>('later@example.org'), verifiedAt: after(1) };
      assert.equal(await store().users.setContact(owner.id, { kind: 'email', from: fresh('other@example.org'), to }, after(1)), false);
      assert.equal(await store().users.setContact(owner.id, { kind: 'email', from: undefined, to }, after(1)), false);
      assert.equal(await store().users.setContact(owner.id, { kind: 'email', from: owner.email?.canonical, to }, after(1)), true);
      const found = await store().users.findByEmail(to.canonical);
      assert.deepEqual([found?.email, found?.phone, found?.updatedAt], [to, owner.phone, after(1)]);
      assert.equal(await store().users.setContact(owner.id, { kind: 'phone', from: { any: true }, to: undefined }, after(2)), true);
      assert.equal((await store().users.find(owner.id))?.phone, undefined);
    });
    test('a contact that somebody has is nobody else’s, and one who wants it again keeps it', async () => {
      const [owner, other] = [await storedUser(store()), await storedUser(store())];
      const { email } = owner;
      assert.ok(email);
      assert.equal(await store().users.setContact(other.id, { kind: 'email', from: { any: true }, to: email }, now), false);
      assert.equal(await store().users.setContact(owner.id, { kind: 'email', from: email.canonical, to: email }, now), true);
    });
    test('of users who want one contact at once one gets it', async () => {
      const people = await Promise.all([1, 2, 3, 4].map(() => storedUser(store())));
      const to = { typed: 'wanted', canonical: fresh<CanonicalPhone>('+4915') };
      const set = await Promise.all(people.map(({ id, phone }) => store().transaction((inside) => inside.users.setContact(id, { kind: 'phone', from: phone?.canonical, to }, now))));
      assert.deepEqual(set.filter(Boolean), [true]);
    });
    test('a code of support is taken once, by its owner in its app, and a new one takes its place', async () => {
      const [owner, other] = [await storedUser(store()), await storedUser(store())];
      const first = accessCode(owner.id);
      const code = { ...accessCode(owner.id), appId: first.appId };
      for (const record of [first, code]) await store().accessCodes.put(record);
      assert.equal(await store().accessCodes.claim(first, first.codeDigest, now), undefined);
      assert.equal(await store().accessCodes.claim({ ...code, userId: other.id }, code.codeDigest, now), undefined);
      assert.equal(await store().accessCodes.claim({ ...code, appId: fresh('app') }, code.codeDigest, now), undefined);
      assert.equal(await store().accessCodes.claim(code, code.codeDigest, after(300)), undefined);
      const taken = await Promise.all([1, 2, 3].map(() => store().accessCodes.claim(code, code.codeDigest, now)));
      assert.deepEqual(taken.filter((one) => one !== undefined), [code]);
    });
    test('what is past goes, and no more of it than was asked for', async () => {
      const owner = user();
      await store().users.insert(owner);
      for (const kind of ['email', 'phone'] as const) {
        await store().contactChanges.insert(change(owner.id, { kind, expiresAt: past }));
        await store().contactUndos.insert(undo(owner.id, { kind, expiresAt: past }));
      }
      for (const expiresAt of [past, past]) await store().accessCodes.put({ ...accessCode(owner.id), expiresAt });
      for (const table of [store().accessCodes, store().contactChanges, store().contactUndos]) {
        assert.equal(await table.removeExpired(past, 1), 1);
        assert.equal(await table.removeExpired(past, 5), 1);
        assert.equal(await table.removeExpired(past, 5), 0);
      }
    });
  });
}
