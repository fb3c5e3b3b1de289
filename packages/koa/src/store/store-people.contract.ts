import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CanonicalUsername, Sealed } from '../model/ids.ts';
import type { OpenStore } from '../ports/store.ts';
import {
  after, fresh, identity, now, passkey, password, proof, session, storedGrant, storedSession, storedUser, user, past,
} from './sample-records.contract.ts';

export function describeUsers(store: () => OpenStore): void {
  test('a user is kept and found by id and by address', async () => {
    const record = user();
    assert.equal(await store().users.insert(record), true);
    assert.deepEqual(await store().users.find(record.id), { ...record, refusesPasskeyOffer: false });
    assert.ok(record.email);
    assert.deepEqual((await store().users.findByEmail(record.email.canonical))?.id, record.id);
  });
  test('a user is found by number, and verified with the first answered SMS', async () => {
    const record = await storedUser(store());
    assert.ok(record.phone);
    const { canonical } = record.phone;
    assert.equal((await store().users.findByPhone(canonical))?.id, record.id);
    await store().users.verifyPhone(record.id, fresh('+337'), after(1));
    assert.equal((await store().users.find(record.id))?.phone?.verifiedAt, undefined);
    await store().users.verifyPhone(record.id, canonical, after(2));
    await store().users.verifyPhone(record.id, canonical, after(3));
    assert.deepEqual((await store().users.find(record.id))?.phone, { ...record.phone, verifiedAt: after(2) });
    assert.equal(await store().users.findByPhone(fresh('+337')), undefined);
  });
  test('a number that somebody has is not given to another, whatever their address', async () => {
    const first = await storedUser(store());
    assert.ok(first.phone);
    const { email: _email, username: _username, ...nameless } = user({ phone: first.phone });
    assert.equal(await store().users.insert(nameless), false);
    const second = user({ phone: first.phone });
    assert.equal(await store().users.insert(second), false);
    assert.equal(await store().users.find(second.id), undefined);
    assert.ok(second.email);
    assert.equal(await store().users.findByEmail(second.email.canonical), undefined);
  });
  test('a user is found by their username, and one that somebody has is not given to another', async () => {
    const first = await storedUser(store());
    assert.ok(first.username);
    assert.equal((await store().users.findByUsername(first.username.canonical))?.id, first.id);
    assert.equal(await store().users.findByUsername(fresh('nobody')), undefined);
    const { email: _email, phone: _phone, ...nameless } = user({ username: first.username });
    assert.equal(await store().users.insert(nameless), false);
    const second = await storedUser(store());
    assert.equal(await store().users.setUsername(second.id, first.username, after(1)), false);
    assert.deepEqual((await store().users.find(second.id))?.username, second.username);
    const other = { typed: 'Bo', canonical: fresh<CanonicalUsername>('bo') };
    assert.equal(await store().users.setUsername(second.id, other, after(2)), true);
    assert.equal(await store().users.setUsername(second.id, { ...other, typed: 'BO' }, after(3)), true);
    const renamed = await store().users.find(second.id);
    assert.deepEqual([renamed?.username, renamed?.updatedAt], [{ ...other, typed: 'BO' }, after(3)]);
    assert.equal(await store().users.setUsername(user().id, { typed: 'Cy', canonical: fresh('cy') }, after(4)), false);
  });
  test('of many who want a username at once one gets it', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => storedUser(store())));
    const wanted = { typed: 'Dee', canonical: fresh<CanonicalUsername>('dee') };
    const set = await Promise.all(people.map(({ id }) => store().transaction((inside) => inside.users.setUsername(id, wanted, after(1)))));
    assert.equal(set.filter(Boolean).length, 1);
  });
  test('a user without name, address, number, username or language has no such fields', async () => {
    const { name: _name, email: _email, phone: _phone, username: _username, language: _language, ...record } = user();
    await store().users.insert(record);
    assert.deepEqual(await store().users.find(record.id), { ...record, refusesPasskeyOffer: false });
  });
  test('an address that somebody has is not given to another', async () => {
    const first = await storedUser(store());
    assert.ok(first.email);
    const second = user({ email: first.email });
    assert.equal(await store().users.insert(second), false);
    assert.equal(await store().users.find(second.id), undefined);
  });
  test('a user id that is taken is a fault, not an answer', async () => {
    const { id } = await storedUser(store());
    await assert.rejects(store().users.insert(user({ id })));
  });
  test('a user is suspended once, and let in again once', async () => {
    const record = await storedUser(store());
    const set = await Promise.all(Array.from({ length: 10 }, () => store().users.setStatus(record.id, 'suspended', after(1))));
    assert.equal(set.filter(Boolean).length, 1);
    const suspended = await store().users.find(record.id);
    assert.deepEqual([suspended?.status, suspended?.updatedAt], ['suspended', after(1)]);
    assert.equal(await store().users.setStatus(record.id, 'active', after(2)), true);
    assert.equal(await store().users.setStatus(record.id, 'active', after(3)), false);
    assert.equal((await store().users.find(record.id))?.status, 'active');
    assert.equal(await store().users.setStatus(user().id, 'suspended', after(1)), false);
  });
  test('the first answered mail verifies an address, later ones change nothing', async () => {
    const record = await storedUser(store());
    assert.ok(record.email);
    await store().users.verifyEmail(record.id, fresh('other@example.org'), after(1));
    assert.equal((await store().users.find(record.id))?.email?.verifiedAt, undefined);
    await store().users.verifyEmail(record.id, record.email.canonical, after(2));
    await store().users.verifyEmail(record.id, record.email.canonical, after(3));
    const kept = await store().users.find(record.id);
    assert.deepEqual([kept?.email?.verifiedAt, kept?.updatedAt], [after(2), after(2)]);
  });
  test('what somebody says of themselves is kept as a whole, and what is left out is known no more', async () => {
    const { id } = await storedUser(store());
    await store().users.setProfile(id, { name: 'Zoë', familyName: '葛\u{E0100}城' }, after(1));
    const kept = await store().users.find(id);
    assert.deepEqual([kept?.name, kept?.givenName, kept?.familyName, kept?.updatedAt], ['Zoë', undefined, '葛\u{E0100}城', after(1)]);
    await store().users.setProfile(id, {}, after(2));
    assert.equal((await store().users.find(id))?.name, undefined);
  });
  test('a refusal of passkeys for good is not taken back by a later skip', async () => {
    const { id } = await storedUser(store());
    await store().users.notePasskeyOffer(id, { at: after(1), forever: false });
    assert.equal((await store().users.find(id))?.refusesPasskeyOffer, false);
    await store().users.notePasskeyOffer(id, { at: after(2), forever: true });
    await store().users.notePasskeyOffer(id, { at: after(3), forever: false });
    const kept = await store().users.find(id);
    assert.deepEqual([kept?.passkeyOfferSkippedAt, kept?.refusesPasskeyOffer], [after(3), true]);
  });
}

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

export function describeSessions(store: () => OpenStore): void {
  test('a session is found by id, secret and user while both its lifetimes last', async () => {
    const record = await storedSession(store());
    assert.deepEqual(await store().sessions.find(record.id, now), record);
    assert.deepEqual(await store().sessions.findBySecret(record.secretDigest, now), record);
    assert.deepEqual(await store().sessions.listOf(record.userId, now), [record]);
    const ofBackend = await storedSession(store(), { clientId: fresh('client') });
    assert.deepEqual(await store().sessions.find(ofBackend.id, now), ofBackend);
    assert.equal(await store().sessions.find(record.id, record.idleExpiresAt), undefined);
    assert.equal(await store().sessions.findBySecret(record.secretDigest, record.expiresAt), undefined);
    const short = await storedSession(store(), { expiresAt: after(10) });
    assert.equal(await store().sessions.find(short.id, after(10)), undefined);
    assert.deepEqual(await store().sessions.listOf(short.userId, after(10)), []);
  });
  test('use moves the idle end, not the other', async () => {
    const record = await storedSession(store());
    await store().sessions.touch(record.id, after(60), after(7200));
    assert.deepEqual(await store().sessions.find(record.id, after(7000)),
      { ...record, lastUsedAt: after(60), idleExpiresAt: after(7200) });
  });
  test('proofs are added after those that are there', async () => {
    const record = await storedSession(store());
    const added = [proof({ method: 'passkey' }), proof()];
    await store().sessions.addProofs(record.id, added);
    assert.deepEqual((await store().sessions.find(record.id, now))?.proofs, [...record.proofs, ...added]);
  });
  test('closing a session revokes its grants, once, and no other\'s', async () => {
    const grant = await storedGrant(store());
    const other = await storedGrant(store());
    assert.equal(await store().sessions.close(grant.sessionId, after(1)), true);
    assert.equal(await store().sessions.close(grant.sessionId, after(2)), false);
    assert.equal(await store().sessions.close(fresh('session'), after(2)), false);
    assert.deepEqual((await store().grants.find(grant.id))?.revokedAt, after(1));
    assert.equal((await store().grants.find(other.id))?.revokedAt, undefined);
    assert.equal(await store().sessions.find(grant.sessionId, now), undefined);
  });
  test('a grant that comes after its session was closed is revoked', async () => {
    const record = await storedGrant(store());
    await store().sessions.close(record.sessionId, after(1));
    const late = { ...record, id: fresh<typeof record.id>('grant') };
    await store().grants.insert(late);
    assert.deepEqual(await store().grants.find(late.id), { ...late, revokedAt: after(1) });
  });
  test('sessions past either lifetime are removed, and their grants stay', async () => {
    const grant = await storedGrant(store());
    const { id: userId } = await storedUser(store());
    await store().sessions.insert(session(userId, { idleExpiresAt: past }));
    await store().sessions.insert(session(userId, { expiresAt: past }));
    assert.equal(await store().sessions.removeExpired(past, 1), 1);
    assert.equal(await store().sessions.removeExpired(past, 9), 1);
    assert.equal(await store().sessions.removeExpired(past, 9), 0);
    assert.deepEqual(await store().grants.find(grant.id), grant);
  });
}
