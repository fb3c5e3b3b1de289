import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sealed } from '../model/ids.ts';
import type { OpenStore } from '../ports/store.ts';
import { after, fresh, identity, now, passkey, password, storedUser, user } from './sample-records.contract.ts';

export function describePasskeys(store: () => OpenStore): void {
  test('a passkey is kept, listed with its user, and its id is nobody else\'s', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    const record = passkey(owner.id, { counter: 4_294_967_295, lastUsedAt: after(-1) });
    assert.equal(await store().passkeys.insert(record), true);
    assert.equal(await store().passkeys.insert(passkey(other.id, { id: record.id })), false);
    assert.deepEqual(await store().passkeys.find(record.id), record);
    assert.deepEqual(await store().passkeys.listOf(owner.id), [record]);
    assert.deepEqual(await store().passkeys.listOf(other.id), []);
  });
  test('all passkeys of one user go, and nobody else\'s', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    for (const record of [passkey(owner.id), passkey(owner.id), passkey(other.id)]) await store().passkeys.insert(record);
    assert.deepEqual([await store().passkeys.removeAllOf(owner.id), await store().passkeys.removeAllOf(owner.id)], [2, 0]);
    assert.equal((await store().passkeys.listOf(other.id)).length, 1);
  });
  test('a use is noted if the counter rose, or is and stays zero', async () => {
    const owner = await storedUser(store());
    const record = passkey(owner.id);
    await store().passkeys.insert(record);
    const use = (counter: number, at: Date) => store().passkeys.noteUse(record.id, { counter, isBackedUp: true, at });
    assert.equal(await use(0, after(1)), true);
    assert.equal(await use(7, after(2)), true);
    assert.equal(await use(7, after(3)), false);
    assert.equal(await use(6, after(3)), false);
    assert.equal(await use(0, after(3)), false);
    assert.deepEqual(await store().passkeys.find(record.id), { ...record, counter: 7, isBackedUp: true, lastUsedAt: after(2) });
    assert.equal(await store().passkeys.noteUse(fresh('passkey'), { counter: 1, isBackedUp: true, at: now }), false);
  });
  test('a passkey is renamed by its owner alone, and nothing else of it changes', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    const record = passkey(owner.id);
    await store().passkeys.insert(record);
    await store().passkeys.noteUse(record.id, { counter: 7, isBackedUp: true, at: after(2) });
    const renamed = { ...record, counter: 7, isBackedUp: true, lastUsedAt: after(2), nickname: 'The blue key' };
    assert.equal(await store().passkeys.rename(record.id, other.id, 'Mine'), undefined);
    assert.equal(await store().passkeys.rename(fresh('passkey'), owner.id, 'Nobody'), undefined);
    assert.deepEqual(await store().passkeys.rename(record.id, owner.id, 'The blue key'), renamed);
    assert.deepEqual(await store().passkeys.find(record.id), renamed);
    assert.equal(await store().passkeys.noteUse(record.id, { counter: 8, isBackedUp: false, at: after(3) }), true);
    assert.deepEqual(await store().passkeys.find(record.id), { ...renamed, counter: 8, isBackedUp: false, lastUsedAt: after(3) });
  });
  test('a passkey that may have been copied is marked with the first moment, and keeps the mark', async () => {
    const owner = await storedUser(store());
    const record = passkey(owner.id);
    await store().passkeys.insert(record);
    for (const at of [after(2), after(3)]) await store().passkeys.suspectCopy(record.id, owner.id, at);
    await store().passkeys.rename(record.id, owner.id, 'Mine');
    assert.deepEqual(await store().passkeys.listOf(owner.id), [{ ...record, copySuspectedAt: after(2), nickname: 'Mine' }]);
  });
  test('a passkey is removed once, by its owner alone', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    const [record, kept] = [passkey(owner.id), passkey(owner.id)];
    for (const each of [record, kept]) await store().passkeys.insert(each);
    assert.equal(await store().passkeys.remove(record.id, other.id), false);
    assert.equal(await store().passkeys.remove(record.id, owner.id), true);
    assert.equal(await store().passkeys.remove(record.id, owner.id), false);
    assert.deepEqual(await store().passkeys.listOf(owner.id), [kept]);
  });
}

export function describePasswords(store: () => OpenStore): void {
  test('a user has one password, and a second is not put beside it', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    assert.equal(await store().passwords.find(owner.id), undefined);
    const record = password(owner.id);
    assert.equal(await store().passwords.insert(record), true);
    assert.equal(await store().passwords.insert(password(owner.id)), false);
    assert.deepEqual(await store().passwords.find(owner.id), record);
    assert.equal(await store().passwords.find(other.id), undefined);
  });
  test('a password is replaced by whoever knows which one it was', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    const [first, second, theirs] = [password(owner.id), password(owner.id, { setAt: after(5) }), password(other.id)];
    await store().passwords.insert(first);
    await store().passwords.insert(theirs);
    assert.equal(await store().passwords.replace(theirs.sealedHash, second), false);
    assert.equal(await store().passwords.replace(first.sealedHash, second), true);
    assert.equal(await store().passwords.replace(first.sealedHash, password(owner.id)), false);
    assert.deepEqual(await store().passwords.find(owner.id), second);
    assert.deepEqual(await store().passwords.find(other.id), theirs);
  });
  test('a password keeps that it has to be replaced and when it ends, and is rid of both by the next', async () => {
    const owner = await storedUser(store());
    const temporary = password(owner.id, { mustChange: 'temporary', endsAt: after(60) });
    await store().passwords.insert(temporary);
    assert.deepEqual(await store().passwords.find(owner.id), temporary);
    const demanded = password(owner.id, { mustChange: 'demanded' });
    assert.equal(await store().passwords.replace(temporary.sealedHash, demanded), true);
    assert.deepEqual(await store().passwords.find(owner.id), demanded);
    const own = password(owner.id);
    assert.equal(await store().passwords.replace(demanded.sealedHash, own), true);
    assert.deepEqual(await store().passwords.find(owner.id), own);
  });
  test('of former passwords the last so many of each user are kept, the last first', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    assert.deepEqual(await store().passwords.listFormer(owner.id), []);
    const theirs = password(other.id);
    await store().passwords.retire(theirs, 3, now);
    const former = Array.from({ length: 5 }, () => password(owner.id));
    for (const [at, each] of former.entries()) await store().passwords.retire(each, 3, after(at));
    const [, , third, fourth, fifth] = former.map(({ sealedHash }) => sealedHash);
    assert.deepEqual(await store().passwords.listFormer(owner.id), [fifth, fourth, third]);
    const sixth = password(owner.id);
    await store().passwords.retire(sixth, 1, after(9));
    assert.deepEqual(await store().passwords.listFormer(owner.id), [sixth.sealedHash]);
    await store().passwords.retire(password(owner.id), 0, after(10));
    assert.deepEqual(await store().passwords.listFormer(owner.id), []);
    assert.deepEqual(await store().passwords.listFormer(other.id), [theirs.sealedHash]);
  });
  test('former passwords that ended in the same millisecond, or by a clock that was set back, are in the order in which they ended', async () => {
    const owner = await storedUser(store());
    const former = Array.from({ length: 12 }, () => password(owner.id));
    for (const [at, each] of former.entries()) await store().passwords.retire(each, 24, at < 10 ? now : after(-60));
    const lastFirst = former.map(({ sealedHash }) => sealedHash).reverse();
    assert.deepEqual(await store().passwords.listFormer(owner.id), lastFirst);
    const last = password(owner.id);
    await store().passwords.retire(last, 2, after(-60));
    assert.deepEqual(await store().passwords.listFormer(owner.id), [last.sealedHash, lastFirst[0]]);
  });
  test('nobody who is not there has a former password', async () => {
    await assert.rejects(store().passwords.retire(password(fresh('user')), 3, now));
    assert.deepEqual(await store().passwords.listFormer(fresh('user')), []);
  });
  test('nobody who is not there gets a password', async () => {
    await assert.rejects(store().passwords.insert(password(fresh('user'))));
    assert.equal(await store().passwords.replace(fresh('hash'), password(fresh('user'))), false);
  });
}

export function describeIdentities(store: () => OpenStore): void {
  test('an account at a provider is one user\'s, and a user may have many', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    const record = identity(owner.id);
    assert.equal(await store().identities.find(record.issuer, record.subject), undefined);
    assert.equal(await store().identities.insert(record), true);
    assert.equal(await store().identities.insert({ ...record, userId: other.id, provider: 'another' }), false);
    assert.deepEqual(await store().identities.find(record.issuer, record.subject), record);
    const elsewhere = identity(owner.id, { issuer: 'https://other.example', subject: record.subject, linkedAt: after(5) });
    assert.equal(await store().identities.insert(elsewhere), true);
    assert.deepEqual(await store().identities.listOf(owner.id), [record, elsewhere]);
    assert.deepEqual(await store().identities.listOf(other.id), []);
  });
  test('an account at a provider is unlinked once, from its own user alone, and may be linked again', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    const record = identity(owner.id);
    await store().identities.insert(record);
    assert.equal(await store().identities.remove({ ...record, userId: other.id }), false);
    assert.equal(await store().identities.remove(record), true);
    assert.equal(await store().identities.remove(record), false);
    assert.equal(await store().identities.insert({ ...record, userId: other.id }), true);
  });
  test('tokens of a provider are kept beside a link alone, replaced by who saw them, and go with the link', async () => {
    const owner = await storedUser(store());
    const record = identity(owner.id);
    const tokens = (at: number) => ({ issuer: record.issuer, subject: record.subject, sealed: fresh<Sealed>('sealed'), updatedAt: after(at) });
    const [first, second, third] = [tokens(1), tokens(2), tokens(3)];
    assert.equal(await store().providerTokens.put(first), false);
    await store().identities.insert(record);
    assert.equal(await store().providerTokens.find(record), undefined);
    assert.equal(await store().providerTokens.put(first), true);
    assert.equal(await store().providerTokens.put(second), true);
    assert.deepEqual(await store().providerTokens.find(record), second);
    assert.equal(await store().providerTokens.replace(first.sealed, third), false);
    assert.equal(await store().providerTokens.replace(second.sealed, third), true);
    assert.equal(await store().providerTokens.remove(second), false);
    assert.equal(await store().providerTokens.remove(third), true);
    assert.equal(await store().providerTokens.find(record), undefined);
    await store().providerTokens.put(first);
    await store().identities.remove(record);
    await store().identities.insert(record);
    assert.equal(await store().providerTokens.find(record), undefined);
  });
  test('nobody who is not there is linked to an account', async () => {
    await assert.rejects(store().identities.insert(identity(fresh('user'))));
  });
  test('an address that was never proved can be taken away, a proved one and another one cannot', async () => {
    const [squatter, owner] = [await storedUser(store()), await storedUser(store())];
    assert.ok(squatter.email && owner.email);
    await store().users.verifyEmail(owner.id, owner.email.canonical, after(1));
    assert.equal(await store().users.releaseEmail(owner.id, owner.email.canonical, after(2)), false);
    assert.equal(await store().users.releaseEmail(squatter.id, fresh('other@example.org'), after(2)), false);
    assert.equal(await store().users.releaseEmail(squatter.id, squatter.email.canonical, after(2)), true);
    assert.equal((await store().users.find(squatter.id))?.email, undefined);
    assert.equal(await store().users.findByEmail(squatter.email.canonical), undefined);
    assert.equal(await store().users.insert(user({ email: squatter.email })), true);
  });
  test('so can a number', async () => {
    const [squatter, owner] = [await storedUser(store()), await storedUser(store())];
    assert.ok(squatter.phone && owner.phone);
    await store().users.verifyPhone(owner.id, owner.phone.canonical, after(1));
    assert.equal(await store().users.releasePhone(owner.id, owner.phone.canonical, after(2)), false);
    assert.equal(await store().users.releasePhone(squatter.id, squatter.phone.canonical, after(2)), true);
    assert.equal((await store().users.find(squatter.id))?.phone, undefined);
  });
}
