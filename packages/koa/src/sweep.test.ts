import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { watchStore } from '../test/watch-store.ts';
import type { Digest } from './model/ids.ts';
import type { OpenStore, Store } from './ports/store.ts';
import { digest, past, storedGrant } from './store/sample-records.contract.ts';
import { sqlite } from './store/sqlite.ts';
import { sweep } from './sweep.ts';

const day = 86_400_000;
const now = new Date('2030-01-01T00:00:00Z');
const ago = (days: number): Date => new Date(now.getTime() - days * day);
const log = { info: () => {}, warn: () => {}, error: () => {} };

describe('the sweep', () => {
  let store: OpenStore;
  before(async () => {
    store = await sqlite(':memory:').open();
  });
  after(() => store.close());

  const fillLimits = (rows: number): Promise<void> =>
    store.transaction(async ({ limits }) => {
      const budget = { limit: 1, windowSeconds: 60, cooldownSeconds: 0 };
      for (let row = 0; row < rows; row += 1) await limits.spend(`key-${row}` as Digest, budget, ago(1));
    });

  test('it goes on until nothing that is past is left, however much there is', async () => {
    await fillLimits(1_050);
    await sweep({ store, clock: { now: () => now }, log, auditDays: 90 });
    assert.equal(await store.limits.removeExpired(now, 5_000), 0);
  });

  test('it leaves the rest to the next one where its time is over', async () => {
    await fillLimits(1_050);
    let ticks = 0;
    await sweep({ store, clock: { now: () => new Date(now.getTime() + (ticks += 1) * 500) }, log, auditDays: 90 });
    const left = await store.limits.removeExpired(now, 5_000);
    assert.ok(left > 0 && left < 1_050, `${left}`);
  });

  test('much of one kind keeps no other waiting', async () => {
    await fillLimits(1_050);
    await store.audit.insert({ kind: 'locked', at: ago(400) });
    const calls: string[] = [];
    await sweep({ store: watchStore(store, (name) => calls.push(name)), clock: { now: () => now }, log, auditDays: 90 });
    const all = calls.filter((name) => name === 'limits.removeExpired');
    assert.equal(all.length, 11);
    assert.ok(calls.indexOf('audit.removeBefore') < calls.lastIndexOf('limits.removeExpired'));
  });

  test('a grant that was refreshed a thousand times goes in steps of the same size', async () => {
    const grant = await storedGrant(store, { createdAt: past });
    const own = { grantId: grant.id, clientId: grant.clientId, createdAt: past };
    await store.transaction(async ({ refreshTokens }) => {
      for (let made = 0; made < 1_000; made += 1) await refreshTokens.insert({ digest: digest(), ...own, expiresAt: ago(0.5) });
    });
    await store.grants.revoke(grant.id, past);
    const steps = await stepsOf(() => store.grants.removeEnded(past, 200));
    assert.deepEqual(steps, [200, 200, 200, 200, 200, 1, 0]);
    assert.equal(await store.grants.find(grant.id), undefined);
  });

  test('it takes fewer rows at a time where the disk is slow, and more again where it is not', async () => {
    await fillLimits(400);
    const limits: number[] = [];
    let passed = 0;
    const slow: Store = {
      ...store,
      limits: {
        ...store.limits,
        removeExpired: (at, limit) => {
          limits.push(limit);
          if (limits.length <= 6) passed += 50;
          return store.limits.removeExpired(at, limit);
        },
      },
    };
    await sweep({ store: slow, clock: { now: () => new Date(now.getTime() + passed) }, log, auditDays: 90 });
    assert.deepEqual(limits, [100, 50, 25, 12, 6, 5, 5, 10, 20, 40, 80, 100]);
  });

  test('it stops at once where the service is closed', async () => {
    await fillLimits(300);
    await sweep({ store, clock: { now: () => now }, log, auditDays: 90 }, AbortSignal.abort());
    assert.equal(await store.limits.removeExpired(now, 5_000), 300);
  });

  test('what happened is kept for as many days as the host said', async () => {
    for (const days of [1, 29, 31, 400]) await store.audit.insert({ kind: 'locked', at: ago(days) });
    await sweep({ store, clock: { now: () => now }, log, auditDays: 30 });
    assert.deepEqual((await store.audit.list(10)).map(({ at }) => at), [ago(1), ago(29)]);
  });
});

async function stepsOf(remove: () => Promise<number>): Promise<readonly number[]> {
  const steps: number[] = [];
  do steps.push(await remove()); while (steps.at(-1) !== 0);
  return steps;
}
