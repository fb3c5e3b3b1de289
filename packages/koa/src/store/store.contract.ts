import assert from 'node:assert/strict';
import { after as afterAll, before, describe, test } from 'node:test';
import type { AuditEvent } from '../model/audit-event.ts';
import type { AuthorizationCode, CodeClaim } from '../model/grant.ts';
import type { OpenStore } from '../ports/store.ts';
import { describeRaces } from './store-races.contract.ts';
import {
  after, app, challenge, client, digest, flow, fresh, now, passkey, proof, queuedMail, session, signingKey, storedChallenge,
  storedCode, storedFlow, storedGrant, storedRequest, storedSession, storedToken, storedUser, successorOf, user,
} from './sample-records.contract.ts';

/** Two connections to one new database, perhaps the same one. */
interface OpenStores {
  readonly one: OpenStore;
  readonly other: OpenStore;
}

/** Long ago, where other tests have nothing. */
const past = new Date('2001-01-01T00:00:00.000Z');

/** What every store promises. */
export function describeStore(name: string, open: () => Promise<OpenStores>): void {
  describe(name, () => {
    let stores: OpenStores;
    before(async () => { stores = await open(); });
    afterAll(async () => {
      await stores.one.close();
      await stores.other.close();
    });
    const store = (): OpenStore => stores.one;
    describeSettings(store);
    describeUsers(store);
    describePasskeys(store);
    describeFlows(store);
    describeChallenges(store);
    describeSessions(store);
    describeGrants(store);
    describeCodes(store);
    describeRefreshTokens(store);
    describePushedRequests(store);
    describeOutbox(store);
    describeLimits(store);
    describeTransactions(store);
    describeRaces(() => stores);
  });
}

type Opened = () => OpenStore;

function describeSettings(store: Opened): void {
  test('an app is kept, and put again is replaced', async () => {
    const record = app();
    await store().apps.put(record);
    assert.deepEqual(await store().apps.find(record.id), record);
    await store().apps.put({ ...record, name: 'Renamed' });
    assert.equal((await store().apps.find(record.id))?.name, 'Renamed');
    assert.equal((await store().apps.list()).filter(({ id }) => id === record.id).length, 1);
    assert.equal(await store().apps.find(fresh('app')), undefined);
  });
  test('a client is kept, and put again is replaced', async () => {
    const home = app();
    await store().apps.put(home);
    const record = client(home.id);
    await store().clients.put(record);
    assert.deepEqual(await store().clients.find(record.id), record);
    await store().clients.put({ ...record, scopes: [] });
    assert.deepEqual((await store().clients.list()).filter(({ id }) => id === record.id), [{ ...record, scopes: [] }]);
  });
  test('a client of an app that is not there is refused', async () => {
    await assert.rejects(store().clients.put(client(fresh('app'))));
  });
  test('signing keys are kept, retired by algorithm, and removed after their publication', async () => {
    const [first, second, other] = [signingKey(), signingKey({ createdAt: after(1) }), signingKey({ algorithm: 'RS256' })];
    for (const key of [first, second, other]) await store().signingKeys.insert(key);
    await store().signingKeys.retire('ES256', after(10), after(20));
    const ends = { signsUntil: after(10), publishedUntil: after(20) };
    assert.deepEqual(await listOwn(), [{ ...first, ...ends }, other, { ...second, ...ends }].toSorted(byAge));
    await store().signingKeys.retire('ES256', after(99), after(99));
    assert.deepEqual((await listOwn()).find(({ kid }) => kid === first.kid), { ...first, ...ends }, 'an end stays as it was');
    assert.equal(await store().signingKeys.removeRetired(after(19)), 0);
    assert.equal(await store().signingKeys.removeRetired(after(20)), 2);
    assert.deepEqual(await listOwn(), [other]);

    async function listOwn() {
      return (await store().signingKeys.list()).filter(({ kid }) => [first.kid, second.kid, other.kid].includes(kid));
    }
  });
  test('the newest of what happened comes first, and of one moment the last', async () => {
    const at = after(100_000);
    const full: AuditEvent = {
      kind: 'locked', at: after(1, at), appId: fresh('app'), clientId: fresh('client'), userId: fresh('user'),
      flowId: fresh('flow'), sessionId: fresh('session'), address: '192.0.2.7', detail: { failures: 5, isFirst: true, by: 'x' },
    };
    await store().audit.insert(full);
    await store().audit.insert({ kind: 'proved', at });
    await store().audit.insert({ kind: 'session_opened', at });
    assert.deepEqual(await store().audit.list(3), [full, { kind: 'session_opened', at }, { kind: 'proved', at }]);
  });
}

function byAge(one: { readonly createdAt: Date; readonly kid: string }, other: { readonly createdAt: Date; readonly kid: string }) {
  return one.createdAt.getTime() - other.createdAt.getTime() || (one.kid < other.kid ? -1 : 1);
}

function describeUsers(store: Opened): void {
  test('a user is kept and found by id and by address', async () => {
    const record = user();
    assert.equal(await store().users.insert(record), true);
    assert.deepEqual(await store().users.find(record.id), { ...record, refusesPasskeyOffer: false });
    assert.ok(record.email);
    assert.deepEqual((await store().users.findByEmail(record.email.canonical))?.id, record.id);
  });
  test('a user without name, address or language has no such fields', async () => {
    const { name: _name, email: _email, language: _language, ...record } = user();
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

function describePasskeys(store: Opened): void {
  test('a passkey is kept, listed with its user, and its id is nobody else\'s', async () => {
    const [owner, other] = [await storedUser(store()), await storedUser(store())];
    const record = passkey(owner.id, { counter: 4_294_967_295, lastUsedAt: after(-1) });
    assert.equal(await store().passkeys.insert(record), true);
    assert.equal(await store().passkeys.insert(passkey(other.id, { id: record.id })), false);
    assert.deepEqual(await store().passkeys.find(record.id), record);
    assert.deepEqual(await store().passkeys.listOf(owner.id), [record]);
    assert.deepEqual(await store().passkeys.listOf(other.id), []);
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
}

function describeFlows(store: Opened): void {
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
  test('flows that are past are removed in batches, with their challenges', async () => {
    const records = [flow({ expiresAt: past }), flow({ expiresAt: past }), flow({ expiresAt: after(1, past) })];
    for (const record of records) await store().flows.insert(record);
    const [first] = records;
    assert.ok(first);
    const asked = challenge(first.id);
    await store().challenges.insert(asked);
    assert.equal(await store().flows.removeExpired(past, 1), 1);
    assert.equal(await store().flows.removeExpired(past, 10), 1);
    assert.equal(await store().flows.removeExpired(past, 10), 0);
    assert.equal(await store().challenges.find(asked.id), undefined);
    assert.equal(await store().flows.removeExpired(after(1, past), 10), 1);
  });
}

function describeChallenges(store: Opened): void {
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
  test('challenges that are past are removed in batches', async () => {
    await storedChallenge(store(), { expiresAt: past });
    await storedChallenge(store(), { expiresAt: past });
    assert.equal(await store().challenges.removeExpired(past, 1), 1);
    assert.equal(await store().challenges.removeExpired(past, 5), 1);
  });
}

function describeSessions(store: Opened): void {
  test('a session is found by id, secret and user while both its lifetimes last', async () => {
    const record = await storedSession(store());
    assert.deepEqual(await store().sessions.find(record.id, now), record);
    assert.deepEqual(await store().sessions.findBySecret(record.secretDigest, now), record);
    assert.deepEqual(await store().sessions.listOf(record.userId, now), [record]);
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

function describeGrants(store: Opened): void {
  test('a grant is kept, and revoked once', async () => {
    const record = await storedGrant(store());
    assert.deepEqual(await store().grants.find(record.id), record);
    assert.equal(await store().grants.revoke(record.id, after(1)), true);
    assert.equal(await store().grants.revoke(record.id, after(2)), false);
    assert.deepEqual(await store().grants.find(record.id), { ...record, revokedAt: after(1) });
  });
}

const claimOf = ({ digest: own, clientId, redirectUri, pkceChallenge }: AuthorizationCode): CodeClaim =>
  ({ digest: own, clientId, redirectUri, ...(pkceChallenge === undefined ? {} : { pkceChallenge }) });

function describeCodes(store: Opened): void {
  test('a code is claimed once, and then found as spent', async () => {
    const record = await storedCode(store());
    assert.equal(await store().authorizationCodes.findSpent(claimOf(record)), undefined);
    assert.deepEqual(await store().authorizationCodes.claim(claimOf(record), now), record);
    assert.equal(await store().authorizationCodes.claim(claimOf(record), now), undefined);
    assert.deepEqual(await store().authorizationCodes.findSpent(claimOf(record)), record);
  });
  test('a code is claimed only if all of the claim fits, and a misfit does not spend it', async () => {
    const record = await storedCode(store());
    const fit = claimOf(record);
    const { pkceChallenge, ...withoutChallenge } = fit;
    const misfits: readonly CodeClaim[] = [
      { ...fit, digest: digest() }, { ...fit, clientId: fresh('client') }, { ...fit, redirectUri: `${fit.redirectUri}/` },
      { ...fit, pkceChallenge: `${pkceChallenge}x` }, withoutChallenge,
    ];
    for (const misfit of misfits) assert.equal(await store().authorizationCodes.claim(misfit, now), undefined);
    assert.deepEqual(await store().authorizationCodes.claim(fit, now), record);
    for (const misfit of misfits) assert.equal(await store().authorizationCodes.findSpent(misfit), undefined);
  });
  test('a code without a challenge is claimed without a verifier only', async () => {
    const { pkceChallenge: _, ...plain } = await storedCode(store());
    const record: AuthorizationCode = { ...plain, digest: digest() };
    await store().authorizationCodes.insert(record);
    assert.equal(await store().authorizationCodes.claim({ ...claimOf(record), pkceChallenge: 'p' }, now), undefined);
    assert.deepEqual(await store().authorizationCodes.claim(claimOf(record), now), record);
  });
  test('a code that is past is not claimed, and is removed', async () => {
    const record = await storedCode(store(), { expiresAt: past });
    assert.equal(await store().authorizationCodes.claim(claimOf(record), past), undefined);
    assert.equal(await store().authorizationCodes.removeExpired(past, 5), 1);
  });
}

function describeRefreshTokens(store: Opened): void {
  test('a refresh token is found by its own client only', async () => {
    const record = await storedToken(store());
    assert.deepEqual(await store().refreshTokens.find(record.digest, record.clientId), record);
    assert.equal(await store().refreshTokens.find(record.digest, fresh('client')), undefined);
  });
  test('rotation spends a token, keeps its successor, and happens once', async () => {
    const record = await storedToken(store());
    const { sealed, ...next } = successorOf(record);
    const spent = { ...record, spentAt: now, successor: { digest: next.digest, sealed } };
    assert.deepEqual(await store().refreshTokens.rotate(record.digest, { ...next, sealed }, now), spent);
    assert.deepEqual(await store().refreshTokens.find(record.digest, record.clientId), spent);
    assert.deepEqual(await store().refreshTokens.find(next.digest, record.clientId), next);
    const second = successorOf(record);
    assert.equal(await store().refreshTokens.rotate(record.digest, second, now), undefined);
    assert.equal(await store().refreshTokens.find(second.digest, record.clientId), undefined);
  });
  test('a token that is past, another client\'s or grant\'s, or whose grant is revoked, is not rotated', async () => {
    const other = await storedToken(store());
    const over = await storedToken(store(), { expiresAt: now });
    const record = await storedToken(store());
    const next = successorOf(record);
    assert.equal(await store().refreshTokens.rotate(over.digest, successorOf(over), now), undefined);
    assert.equal(await store().refreshTokens.rotate(record.digest, { ...next, clientId: other.clientId }, now), undefined);
    assert.equal(await store().refreshTokens.rotate(record.digest, { ...next, grantId: other.grantId }, now), undefined);
    await store().grants.revoke(record.grantId, now);
    assert.equal(await store().refreshTokens.rotate(record.digest, next, now), undefined);
    assert.equal(await store().refreshTokens.find(next.digest, record.clientId), undefined);
    assert.equal((await store().refreshTokens.find(record.digest, record.clientId))?.spentAt, undefined);
  });
  test('a successor that cannot be stored leaves its parent unspent', async () => {
    const [record, taken] = [await storedToken(store()), await storedToken(store())];
    await assert.rejects(store().refreshTokens.rotate(record.digest, { ...successorOf(record), digest: taken.digest }, now));
    assert.deepEqual(await store().refreshTokens.find(record.digest, record.clientId), record);
  });
  test('refresh tokens that are past are removed', async () => {
    await storedToken(store(), { expiresAt: past });
    assert.equal(await store().refreshTokens.removeExpired(past, 5), 1);
  });
}

function describePushedRequests(store: Opened): void {
  test('a pushed request is taken once, and its flow is found again', async () => {
    const record = await storedRequest(store());
    const flowId = fresh<NonNullable<typeof record.flowId>>('flow');
    assert.deepEqual(await store().pushedRequests.find(record.digest, record.clientId), record);
    assert.equal(await store().pushedRequests.claim(record.digest, fresh('client'), flowId, now), undefined);
    assert.equal(await store().pushedRequests.claim(record.digest, record.clientId, flowId, record.expiresAt), undefined);
    assert.deepEqual(await store().pushedRequests.claim(record.digest, record.clientId, flowId, now), { ...record, flowId });
    assert.equal(await store().pushedRequests.claim(record.digest, record.clientId, fresh('flow'), now), undefined);
    assert.equal((await store().pushedRequests.find(record.digest, record.clientId))?.flowId, flowId);
    assert.equal(await store().pushedRequests.find(record.digest, fresh('client')), undefined);
  });
  test('pushed requests that are past are removed', async () => {
    await storedRequest(store(), { expiresAt: past });
    assert.equal(await store().pushedRequests.removeExpired(past, 5), 1);
  });
}

function describeOutbox(store: Opened): void {
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

function describeLimits(store: Opened): void {
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
  test('a failure that is long ago does not count, and without tiers nothing locks', async () => {
    const key = digest();
    const policy = { tiers: [{ attempts: 2, lockSeconds: 60 }], forgetAfterSeconds: 100 };
    await store().limits.countFailure(key, policy, now);
    assert.deepEqual(await store().limits.countFailure(key, policy, after(100)), { failures: 1 });
    assert.deepEqual(await store().limits.countFailure(key, { ...policy, tiers: [] }, after(101)), { failures: 2 });
    const first = { ...policy, tiers: [{ attempts: 1, lockSeconds: 5 }] };
    assert.deepEqual(await store().limits.countFailure(digest(), first, now), { failures: 1, lockedUntil: after(5) });
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

function describeTransactions(store: Opened): void {
  test('what fails inside a transaction leaves nothing, and the fault comes out as it was', async () => {
    const record = user();
    const fault = new Error('no');
    await assert.rejects(store().transaction(async (inside) => {
      await inside.users.insert(record);
      assert.ok(await inside.users.find(record.id));
      throw fault;
    }), (thrown) => thrown === fault);
    assert.equal(await store().users.find(record.id), undefined);
  });
  test('a transaction within one is part of it', async () => {
    const [outer, inner] = [user(), user()];
    await assert.rejects(store().transaction(async (inside) => {
      await inside.users.insert(outer);
      await inside.transaction((further) => further.users.insert(inner));
      throw new Error('no');
    }));
    assert.equal(await store().users.find(inner.id), undefined);
    const token = await storedToken(store());
    const kept = await store().transaction((inside) => inside.refreshTokens.rotate(token.digest, successorOf(token), now));
    assert.equal(kept?.digest, token.digest);
  });
  test('an address that is taken does not spoil the transaction that asks', async () => {
    const first = await storedUser(store());
    const other = user();
    assert.ok(first.email);
    const taken = user({ email: first.email });
    const answers = await store().transaction(async (inside) => [await inside.users.insert(taken), await inside.users.insert(other)]);
    assert.deepEqual(answers, [false, true]);
    assert.ok(await store().users.find(other.id));
  });
  test('nobody sees what a running transaction wrote', async () => {
    const record = user();
    let look: Promise<unknown> | undefined;
    await store().transaction(async (inside) => {
      await inside.users.insert(record);
      look = store().users.find(record.id);
      await Promise.race([look, new Promise((resolve) => { setTimeout(resolve, 20); })]);
      await inside.users.notePasskeyOffer(record.id, { at: now, forever: true });
    });
    const seen = await look;
    assert.ok(seen === undefined || (seen as { refusesPasskeyOffer: boolean }).refusesPasskeyOffer);
  });
}
