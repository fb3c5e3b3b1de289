import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CanonicalUsername } from '../model/ids.ts';
import type { OpenStore } from '../ports/store.ts';
import { after, fresh, now, proof, session, storedGrant, storedSession, storedUser, user, past } from './sample-records.contract.ts';

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
  test('the language of a user is written where it is another one', async () => {
    const { id } = await storedUser(store());
    await store().users.setLanguage(id, 'ja', after(1));
    await store().users.setLanguage(id, 'ja', after(2));
    const kept = await store().users.find(id);
    assert.deepEqual([kept?.language, kept?.updatedAt], ['ja', after(1)]);
    const { language: _language, ...without } = user();
    await store().users.insert(without);
    await store().users.setLanguage(without.id, 'ar', after(3));
    assert.equal((await store().users.find(without.id))?.language, 'ar');
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
