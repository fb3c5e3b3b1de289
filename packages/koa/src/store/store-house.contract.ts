import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEvent, AuditFilter } from '../model/audit-event.ts';
import type { UserId } from '../model/ids.ts';
import type { OpenStore } from '../ports/store.ts';
import { app, client } from './sample-apps.contract.ts';
import { after, fresh, now, past, signingKey, storedToken, storedUser, successorOf, user } from './sample-records.contract.ts';

export function describeSettings(store: () => OpenStore): void {
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
    assert.deepEqual((await store().audit.list(3)).map(({ cursor: _, ...event }) => event), [full, { kind: 'session_opened', at }, { kind: 'proved', at }]);
  });
  test('what happened is read page by page, of one user, of some kinds, or of both', async () => {
    const [mine, others] = [fresh<UserId>('user'), fresh<UserId>('user')];
    const at = after(200_000);
    const kinds = ['locked', 'unlocked', 'recovered'] as const;
    // Of one moment all, so that a page ends between events that only their order tells apart.
    for (let round = 0; round < 4; round += 1) {
      for (const userId of [mine, others]) for (const kind of kinds) await store().audit.insert({ kind, at, userId, detail: { round } });
    }
    await store().audit.insert({ kind: 'stuffing_suspected', at });
    const read = async (limit: number, filter: AuditFilter): Promise<readonly string[]> => {
      const found: string[] = [];
      for (let before: string | undefined; ;) {
        const page = await store().audit.list(limit, { ...filter, ...(before === undefined ? {} : { before }) });
        found.push(...page.map(({ kind, userId, detail }) => `${kind} ${userId === mine ? 'mine' : 'others'} ${detail?.['round'] ?? ''}`));
        before = page.at(-1)?.cursor;
        if (page.length < limit || found.length > 20) return found;
      }
    };
    const rounds = [3, 2, 1, 0];
    for (const limit of [1, 2, 5, 100]) {
      assert.deepEqual(await read(limit, { userId: mine }), rounds.flatMap((round) => kinds.toReversed().map((kind) => `${kind} mine ${round}`)));
      assert.deepEqual(await read(limit, { userId: mine, kinds: ['locked', 'recovered'] }), rounds.flatMap((round) => [`recovered mine ${round}`, `locked mine ${round}`]));
    }
    const locks = (await read(3, { kinds: ['locked', 'recovered'] })).slice(0, 6);
    assert.deepEqual(locks, [3, 2].flatMap((round) => [`recovered others ${round}`, `locked others ${round}`, `recovered mine ${round}`, `locked mine ${round}`]).slice(0, 6));
    assert.deepEqual(await store().audit.list(5, { kinds: [] }), []);
    assert.deepEqual(await store().audit.list(5, { userId: mine, kinds: [] }), []);
    assert.deepEqual(await store().audit.list(5, { userId: fresh('user') }), []);
    for (const before of ['', '1', 'x.1', '1.1; drop table portico_user', `${'9'.repeat(16)}.1`]) await assert.rejects(store().audit.list(1, { before }), /no cursor/);
  });
  test('what happened long ago is removed, in batches', async () => {
    for (const at of [after(-2, past), after(-1, past), past]) await store().audit.insert({ kind: 'locked', at });
    assert.equal(await store().audit.removeBefore(past, 1), 1);
    assert.equal(await store().audit.removeBefore(past, 5), 1);
    assert.equal(await store().audit.removeBefore(past, 5), 0);
  });
}

function byAge(one: { readonly createdAt: Date; readonly kid: string }, other: { readonly createdAt: Date; readonly kid: string }) {
  return one.createdAt.getTime() - other.createdAt.getTime() || (one.kid < other.kid ? -1 : 1);
}

export function describeTransactions(store: () => OpenStore): void {
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
    assert.ok(await store().transaction((inside) => inside.refreshTokens.rotate(token.digest, successorOf(token), now)));
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
