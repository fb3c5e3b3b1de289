import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuthorizationCode, CodeClaim, Grant, GrantStanding, RefreshToken } from '../model/grant.ts';
import type { OpenStore } from '../ports/store.ts';
import {
  after, digest, fresh, now, storedCode, storedGrant, storedRequest, storedToken,
  successorOf, past, user,
} from './sample-records.contract.ts';

const claimOf = ({ digest: own, clientId, redirectUri, pkceChallenge }: AuthorizationCode): CodeClaim =>
  ({ digest: own, clientId, redirectUri, ...(pkceChallenge === undefined ? {} : { pkceChallenge }) });

const dayAfter = (moment: Date): Date => after(86_400, moment);

export function describeGrants(store: () => OpenStore): void {
  test('a grant is kept, and revoked once', async () => {
    const record = await storedGrant(store());
    assert.deepEqual(await store().grants.find(record.id), record);
    assert.equal(await store().grants.revoke(record.id, after(1)), true);
    assert.equal(await store().grants.revoke(record.id, after(2)), false);
    assert.deepEqual(await store().grants.find(record.id), { ...record, revokedAt: after(1) });
  });
  test('all grants of a user are revoked, whatever their sessions, and nobody else’s', async () => {
    const record = await storedGrant(store());
    const orphan = { ...record, id: fresh<Grant['id']>('grant'), sessionId: fresh<Grant['sessionId']>('session') };
    await store().grants.insert(orphan);
    const other = await storedGrant(store());
    await store().grants.revokeAllOf(record.userId, after(1));
    await store().grants.revokeAllOf(record.userId, after(2));
    const found = await Promise.all([record, orphan, other].map(({ id }) => store().grants.find(id)));
    assert.deepEqual(found.map((grant) => grant?.revokedAt), [after(1), after(1), undefined]);
  });
  test('a grant is found with what it stands on: its user and its session', async () => {
    const standing = async (grant: Grant, isSessionAlive = true): Promise<GrantStanding> => {
      const found = await store().users.find(grant.userId);
      assert.ok(found);
      return { grant, user: found, isSessionAlive };
    };
    const record = await storedGrant(store());
    assert.deepEqual(await store().grants.findStanding(record.id, now), await standing(record));
    assert.equal(await store().grants.findStanding(fresh('grant'), now), undefined);

    const idle = await storedGrant(store());
    assert.deepEqual(await store().grants.findStanding(idle.id, after(3599)), await standing(idle));
    assert.deepEqual(await store().grants.findStanding(idle.id, after(3600)), await standing(idle, false));
    await store().sessions.touch(idle.sessionId, after(3600), after(200_000));
    assert.deepEqual(await store().grants.findStanding(idle.id, after(86_399)), await standing(idle));
    assert.deepEqual(await store().grants.findStanding(idle.id, after(86_400)), await standing(idle, false));

    const code = await storedCode(store(), { grantId: idle.id });
    assert.deepEqual(await store().grants.findStandingOfCode(code.digest, after(86_399)), await standing(idle));
    assert.deepEqual(await store().grants.findStandingOfCode(code.digest, after(86_400)), await standing(idle, false));
    assert.equal(await store().grants.findStandingOfCode(digest(), now), undefined);

    const lost = await storedGrant(store(), { sessionId: fresh('session') });
    assert.deepEqual(await store().grants.findStanding(lost.id, now), await standing(lost, false));

    const suspended = user({ status: 'suspended' });
    await store().users.insert(suspended);
    const theirs = await storedGrant(store(), { userId: suspended.id });
    assert.equal((await store().grants.findStanding(theirs.id, now))?.user.status, 'suspended');

    await store().grants.revoke(record.id, after(1));
    assert.deepEqual(await store().grants.findStanding(record.id, now), await standing({ ...record, revokedAt: after(1) }));
    await store().sessions.close(idle.sessionId, after(2));
    assert.deepEqual(await store().grants.findStanding(idle.id, now), await standing({ ...idle, revokedAt: after(2) }, false));
  });
  test('a grant is removed once it is revoked or its last refresh token is past, and its tokens with it', async () => {
    const [fresher, older] = [after(1, past), after(-9, past)];
    const bare = await storedGrant(store(), { createdAt: older });
    const revoked = await tokenUntil(now);
    await store().grants.revoke(revoked.grantId, past);
    const over = await tokenUntil(past);
    const alive = await tokenUntil(fresher);
    assert.equal(await store().grants.removeEnded(older, 5), 1);
    assert.equal(await store().grants.find(bare.id), undefined);
    assert.equal(await store().grants.removeEnded(past, 5), 2, 'the revoked one and its token');
    assert.equal(await store().grants.removeEnded(dayAfter(past), 5), 2, 'what is past, a day later');
    assert.equal(await store().grants.removeEnded(dayAfter(past), 5), 0);
    for (const id of [bare.id, revoked.grantId, over.grantId]) assert.equal(await store().grants.find(id), undefined);
    assert.equal(await store().refreshTokens.find(revoked.digest, revoked.clientId), undefined);
    const next = { ...successorOf(alive), expiresAt: after(100_000, past) };
    assert.ok(await store().refreshTokens.rotate(alive.digest, next, past));
    assert.equal(await store().grants.removeEnded(dayAfter(after(99_999, past)), 5), 0, 'rotation keeps the grant');
    assert.equal(await store().grants.removeEnded(dayAfter(after(100_000, past)), 5), 3, 'with both of its tokens');

    async function tokenUntil(expiresAt: Date): Promise<RefreshToken> {
      const { id: grantId, clientId } = await storedGrant(store(), { createdAt: older }, expiresAt);
      const token: RefreshToken = { digest: digest(), grantId, clientId, createdAt: older, expiresAt };
      await store().refreshTokens.insert(token);
      return token;
    }
  });
  test('a grant that will have a refresh token is kept until that could be past, and no token writes it before', async () => {
    const { id: _, ...like } = await storedGrant(store(), { createdAt: past });
    const id = fresh<Grant['id']>('grant');
    await store().grants.insert({ ...like, id }, after(60, past));
    await store().refreshTokens.insert({ digest: digest(), grantId: id, clientId: like.clientId, createdAt: past, expiresAt: after(90, past) });
    assert.equal(await store().grants.removeEnded(dayAfter(after(59, past)), 5), 1, 'the other alone');
    assert.equal(await store().grants.removeEnded(dayAfter(after(60, past)), 5), 2, 'with its token');
  });
  test('a grant with many tokens and codes goes in steps of the same size', async () => {
    const crowded = await storedGrant(store(), { createdAt: past });
    const own = { grantId: crowded.id, clientId: crowded.clientId, createdAt: past, expiresAt: past };
    for (let issued = 0; issued < 5; issued += 1) {
      await store().refreshTokens.insert({ digest: digest(), ...own });
      await store().authorizationCodes.insert({ digest: digest(), redirectUri: 'https://orders.example/callback', ...own });
    }
    const bare = await storedGrant(store(), { createdAt: past });
    const steps: number[] = [];
    do steps.push(await store().grants.removeEnded(past, 3)); while (steps.at(-1) !== 0);
    assert.deepEqual(steps, [3, 2 + 3, 2 + 2, 0]);
    for (const { id } of [crowded, bare]) assert.equal(await store().grants.find(id), undefined);
  });
}

export function describeCodes(store: () => OpenStore): void {
  test('a code is claimed once, and then found as spent', async () => {
    const record = await storedCode(store());
    assert.equal(await store().authorizationCodes.findSpent(claimOf(record)), undefined);
    assert.equal(await store().authorizationCodes.claim(claimOf(record), now), true);
    assert.equal(await store().authorizationCodes.claim(claimOf(record), now), false);
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
    for (const misfit of misfits) assert.equal(await store().authorizationCodes.claim(misfit, now), false);
    assert.equal(await store().authorizationCodes.claim(fit, now), true);
    for (const misfit of misfits) assert.equal(await store().authorizationCodes.findSpent(misfit), undefined);
  });
  test('a code without a challenge is claimed without a verifier only', async () => {
    const { pkceChallenge: _, ...plain } = await storedCode(store());
    const record: AuthorizationCode = { ...plain, digest: digest() };
    await store().authorizationCodes.insert(record);
    assert.equal(await store().authorizationCodes.claim({ ...claimOf(record), pkceChallenge: 'p' }, now), false);
    assert.equal(await store().authorizationCodes.claim(claimOf(record), now), true);
  });
  test('a code that is past is not claimed, and is removed', async () => {
    const record = await storedCode(store(), { expiresAt: past });
    assert.equal(await store().authorizationCodes.claim(claimOf(record), past), false);
    assert.equal(await store().authorizationCodes.removeExpired(past, 5), 1);
  });
}

export function describeRefreshTokens(store: () => OpenStore): void {
  test('a refresh token is found by its own client only', async () => {
    const record = await storedToken(store());
    assert.deepEqual(await store().refreshTokens.find(record.digest, record.clientId), record);
    assert.equal(await store().refreshTokens.find(record.digest, fresh('client')), undefined);
  });
  test('rotation spends a token, keeps its successor, and happens once', async () => {
    const record = await storedToken(store());
    const { sealed, ...next } = successorOf(record);
    const spent = { ...record, spentAt: now, successor: { digest: next.digest, sealed } };
    assert.equal(await store().refreshTokens.rotate(record.digest, { ...next, sealed }, now), true);
    assert.deepEqual(await store().refreshTokens.find(record.digest, record.clientId), spent);
    assert.deepEqual(await store().refreshTokens.find(next.digest, record.clientId), next);
    const second = successorOf(record);
    assert.equal(await store().refreshTokens.rotate(record.digest, second, now), false);
    assert.equal(await store().refreshTokens.find(second.digest, record.clientId), undefined);
  });
  test('a token that is past, another client\'s or grant\'s, or whose grant is revoked, is not rotated', async () => {
    const other = await storedToken(store());
    const over = await storedToken(store(), { expiresAt: now });
    const record = await storedToken(store());
    const next = successorOf(record);
    assert.equal(await store().refreshTokens.rotate(over.digest, successorOf(over), now), false);
    assert.equal(await store().refreshTokens.rotate(record.digest, { ...next, clientId: other.clientId }, now), false);
    assert.equal(await store().refreshTokens.rotate(record.digest, { ...next, grantId: other.grantId }, now), false);
    await store().grants.revoke(record.grantId, now);
    assert.equal(await store().refreshTokens.rotate(record.digest, next, now), false);
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

export function describePushedRequests(store: () => OpenStore): void {
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
