import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { OpenStore } from '../ports/store.ts';
import {
  after, digest, fresh, identity, now, passkey, password, proof, queuedMail, recoveryCode, totp, storedChallenge, storedCode, storedFlow, storedGrant, storedRequest,
  storedSession, storedToken, storedUser, successorOf, user,
} from './sample-records.contract.ts';

const MANY = 50;

interface Racers {
  readonly one: OpenStore;
  readonly other: OpenStore;
}

/** Fifty at the same moment, through two connections where there are two. */
export function describeRaces(stores: () => Racers): void {
  const store = (): OpenStore => stores().one;

  function race<Result>(run: (store: OpenStore, turn: number) => Promise<Result>): Promise<readonly Result[]> {
    const { one, other } = stores();
    return Promise.all(Array.from({ length: MANY }, (_, turn) => run(turn % 2 === 0 ? one : other, turn)));
  }

  function countWins(results: readonly unknown[]): number {
    return results.filter((result) => result !== undefined && result !== false).length;
  }

  describe('of fifty at the same moment', () => {
    test('one gets an address', async () => {
      const { email } = user();
      assert.ok(email);
      assert.equal(countWins(await race((racer) => racer.users.insert(user({ email })))), 1);
    });
    test('one gets a number', async () => {
      const { phone } = user();
      assert.ok(phone);
      assert.equal(countWins(await race((racer) => racer.users.insert(user({ phone })))), 1);
    });
    test('one registers a credential id', async () => {
      const owner = await storedUser(store());
      const { id } = passkey(owner.id);
      assert.equal(countWins(await race((racer) => racer.passkeys.insert(passkey(owner.id, { id })))), 1);
    });
    test('one uses a passkey with the same counter', async () => {
      const owner = await storedUser(store());
      const record = passkey(owner.id, { counter: 1 });
      await store().passkeys.insert(record);
      const use = { counter: 2, isBackedUp: false, at: now };
      assert.equal(countWins(await race((racer) => racer.passkeys.noteUse(record.id, use))), 1);
    });
    test('one sets the first password of a user', async () => {
      const { id } = await storedUser(store());
      assert.equal(countWins(await race((racer) => racer.passwords.insert(password(id)))), 1);
    });
    test('one replaces the password that they all saw', async () => {
      const { id } = await storedUser(store());
      const seen = password(id);
      await store().passwords.insert(seen);
      assert.equal(countWins(await race((racer) => racer.passwords.replace(seen.sealedHash, password(id)))), 1);
    });
    test('one is linked to an account at a provider', async () => {
      const owners = await Promise.all([storedUser(store()), storedUser(store())]);
      const { subject } = identity(owners[0].id);
      assert.equal(countWins(await race((racer, turn) => racer.identities.insert(identity(owners[turn % 2 === 0 ? 0 : 1].id, { subject })))), 1);
    });
    test('one removes a passkey, one an authenticator app, and one unlinks an account at a provider', async () => {
      const { id } = await storedUser(store());
      const [key, app, link] = [passkey(id), totp(id), identity(id)];
      await store().passkeys.insert(key);
      await store().totps.insert(app);
      await store().identities.insert(link);
      assert.equal(countWins(await race((racer) => racer.passkeys.remove(key.id, id))), 1);
      assert.equal(countWins(await race((racer) => racer.totps.remove(app.id, id))), 1);
      assert.equal(countWins(await race((racer) => racer.identities.remove(link))), 1);
    });
    test('one takes a step of an authenticator app', async () => {
      const record = totp((await storedUser(store())).id, { lastUsedStep: 1 });
      await store().totps.insert(record);
      assert.equal(countWins(await race((racer) => racer.totps.spendStep(record.id, 2))), 1);
    });
    test('one takes a recovery code', async () => {
      const { id } = await storedUser(store());
      const code = recoveryCode(id);
      await store().recoveryCodes.replaceAll(id, [code]);
      assert.equal(countWins(await race((racer) => racer.recoveryCodes.claim(code.id, id))), 1);
    });
    test('one saves a flow', async () => {
      const flow = await storedFlow(store());
      assert.equal(countWins(await race((racer) => racer.flows.save(flow))), 1);
      assert.equal((await store().flows.find(flow.id))?.version, 1);
    });
    test('as many spend an attempt as there are, each another one', async () => {
      const { id } = await storedChallenge(store(), { attemptsLeft: 5 });
      const spent = await race((racer) => racer.challenges.spendAttempt(id, now));
      const left = spent.flatMap((result) => result === undefined ? [] : [result.attemptsLeft]);
      assert.deepEqual(left.toSorted(), [0, 1, 2, 3, 4]);
    });
    test('one claims a challenge', async () => {
      const { id, secretDigest } = await storedChallenge(store());
      assert.equal(countWins(await race((racer) => racer.challenges.claim(id, secretDigest, now))), 1);
    });
    test('one claims an authorization code', async () => {
      const { clientId, redirectUri, ...code } = await storedCode(store());
      const claim = { digest: code.digest, clientId, redirectUri, pkceChallenge: 'challenge' };
      assert.equal(countWins(await race((racer) => racer.authorizationCodes.claim(claim, now))), 1);
    });
    test('one rotates a refresh token, and one successor is there', async () => {
      const token = await storedToken(store());
      const successors = Array.from({ length: MANY }, () => successorOf(token));
      const results = await race(async (racer, turn) => {
        const successor = successors[turn] ?? successorOf(token);
        return racer.refreshTokens.rotate(token.digest, successor, now);
      });
      assert.equal(countWins(results), 1);
      const kept = await race((racer, turn) => racer.refreshTokens.find(successors[turn]?.digest ?? digest(), token.clientId));
      assert.equal(countWins(kept), 1);
    });
    test('one takes a pushed request', async () => {
      const { digest: own, clientId } = await storedRequest(store());
      assert.equal(countWins(await race((racer) => racer.pushedRequests.claim(own, clientId, fresh('flow'), now))), 1);
    });
    test('each takes other things away of what is past, and together they leave nothing', async () => {
      const long = new Date('2002-01-01T00:00:00.000Z');
      const grants = await Promise.all(Array.from({ length: 20 }, () => storedGrant(store(), { createdAt: long })));
      await store().transaction(async ({ refreshTokens }) => {
        for (const { id: grantId, clientId } of [...grants, ...grants, ...grants]) {
          await refreshTokens.insert({ digest: digest(), grantId, clientId, createdAt: long, expiresAt: long });
        }
      });
      const taken = await race((racer) => racer.grants.removeEnded(long, 3));
      const rest: number[] = [];
      do rest.push(await store().grants.removeEnded(long, 3)); while (rest.at(-1) !== 0);
      assert.equal([...taken, ...rest].reduce((sum, removed) => sum + removed, 0), 20 + 3 * 20);
      const left = await Promise.all(grants.map(({ id }) => store().grants.find(id)));
      assert.ok(left.every((grant) => grant === undefined));
    });
    test('one closes a session', async () => {
      const { sessionId } = await storedGrant(store());
      assert.equal(countWins(await race((racer) => racer.sessions.close(sessionId, now))), 1);
    });
    test('no grant outlives a session that is closed meanwhile', async () => {
      const grant = await storedGrant(store());
      const ids = await race(async (racer, turn) => {
        if (turn === MANY / 2) await racer.sessions.close(grant.sessionId, now);
        const id = fresh<typeof grant.id>('grant');
        await racer.grants.insert({ ...grant, id });
        return id;
      });
      const kept = await race((racer, turn) => racer.grants.find(ids[turn] ?? grant.id));
      assert.ok(kept.every((record) => record?.revokedAt !== undefined));
    });
    test('one revokes a grant', async () => {
      const { id } = await storedGrant(store());
      assert.equal(countWins(await race((racer) => racer.grants.revoke(id, now))), 1);
    });
    test('all add their proof', async () => {
      const { id } = await storedSession(store(), { proofs: [] });
      await race((racer) => racer.sessions.addProofs(id, [proof()]));
      assert.equal((await store().sessions.find(id, now))?.proofs.length, MANY);
    });
    test('one leases a mail', async () => {
      const moment = new Date('2011-01-01T00:00:00.000Z');
      const mail = queuedMail({ nextAttemptAt: moment });
      await store().outbox.insert(mail);
      const leases = await race((racer) => racer.outbox.claimDue(moment, after(60, moment), 9));
      assert.deepEqual(leases.flat().map(({ id }) => id), [mail.id]);
      await store().outbox.markSent(mail.id, now);
    });
    test('no more pass than the limit', async () => {
      const key = digest();
      const budget = { limit: 7, windowSeconds: 60, cooldownSeconds: 0 };
      const spent = await race((racer) => racer.limits.spend(key, budget, now));
      const left = spent.flatMap((result) => result.isAllowed ? [result.left] : []);
      assert.deepEqual(left.toSorted(), [0, 1, 2, 3, 4, 5, 6]);
      const again = await race((racer) => racer.limits.spend(key, budget, after(60)));
      assert.equal(again.filter(({ isAllowed }) => isAllowed).length, 7);
    });
    test('one passes a cooldown', async () => {
      const key = digest();
      const budget = { limit: 7, windowSeconds: 60, cooldownSeconds: 30 };
      const spent = await race((racer) => racer.limits.spend(key, budget, now));
      assert.equal(spent.filter(({ isAllowed }) => isAllowed).length, 1);
    });
    test('each failure counts', async () => {
      const key = digest();
      const policy = { tiers: [{ attempts: MANY, lockSeconds: 60 }], forgetAfterSeconds: 600 };
      const counted = await race((racer) => racer.limits.countFailure(key, policy, now));
      assert.deepEqual(counted.map(({ failures }) => failures).toSorted((a, b) => a - b), Array.from({ length: MANY }, (_, i) => i + 1));
      assert.equal(counted.filter(({ lockedUntil }) => lockedUntil !== undefined).length, 1);
    });
    test('no more attempts count than it takes to lock, and the last of them locks', async () => {
      const key = digest();
      const policy = { tiers: [{ attempts: 5, lockSeconds: 60 }], forgetAfterSeconds: 600 };
      const counted = await race((racer) => racer.limits.countAttempt(key, policy, now));
      const judged = counted.flatMap((result) => result === undefined ? [] : [result]);
      assert.deepEqual(judged.map(({ failures }) => failures).toSorted(), [1, 2, 3, 4, 5]);
      assert.deepEqual(judged.filter(({ lockedUntil }) => lockedUntil !== undefined).map(({ failures }) => failures), [5]);
    });
    test('all transactions that read and then write end well', async () => {
      const { id } = await storedUser(store());
      await race((racer) => racer.transaction(async (inside) => {
        await inside.users.find(id);
        await inside.users.notePasskeyOffer(id, { at: now, forever: false });
      }));
    });
  });
}
