import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { AuthError } from '../../model/auth-error.ts';
import { completeHashing } from './hashing-options.ts';
import { createHashingTurns } from './hashing-turns.ts';
import { createPasswordHasher } from './password-hasher.ts';
import { password } from './password-options.ts';

describe('what a hash costs', () => {
  test('is 19 MiB and two passes where a host says nothing', async () => {
    const hash = await createPasswordHasher(completeHashing()).inTurn((argon) => argon.hash('ein Seehund'));
    assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test('may be any of the equal choices, and nothing weaker', () => {
    for (const [memoryKib, passes] of [[47_104, 1], [19_456, 2], [12_288, 3], [9_216, 4], [7_168, 5]] as const) {
      assert.equal(completeHashing({ memoryKib, passes }).memoryKib, memoryKib);
      if (passes > 1) assert.throws(() => password({ hashing: { memoryKib, passes: passes - 1 } }), /passes must be at least/);
    }
    assert.throws(() => password({ hashing: { memoryKib: 19_455 } }), /with 19455 KiB hashing.passes must be at least 3/);
  });

  test('is within bounds', () => {
    for (const hashing of [{ memoryKib: 7_167, passes: 10 }, { memoryKib: 2_000_000 }, { passes: 11 }, { passes: 2.5 }, { lanes: 0 }, { parallelHashes: 0 }, { waitingHashes: -1 }]) {
      assert.throws(() => password({ hashing }), /must be a whole number from/);
    }
  });
});

describe('turns at hashing', () => {
  /** Work that lasts until it is told to end. */
  const held = () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    return { work: () => promise, end: () => resolve(undefined) };
  };

  test('are as many as was said, the others wait in order, and who is one too many is refused', async () => {
    const inTurn = createHashingTurns({ parallelHashes: 2, waitingHashes: 2 });
    const order: number[] = [];
    const jobs = Array.from({ length: 4 }, held);
    const done = jobs.map(({ work }, at) => inTurn(() => (order.push(at), work())));
    await assert.rejects(inTurn(() => Promise.resolve()), (thrown) => thrown instanceof AuthError && thrown.code === 'temporarily_unavailable' && thrown.retryAfterSeconds === 1);
    assert.deepEqual(order, [0, 1]);
    jobs[1]?.end();
    await done[1];
    await nextTick();
    assert.deepEqual(order, [0, 1, 2]);
    for (const { end } of jobs) end();
    await Promise.all(done);
    assert.deepEqual(order, [0, 1, 2, 3]);
  });

  test('are given on by work that failed', async () => {
    const inTurn = createHashingTurns({ parallelHashes: 1, waitingHashes: 1 });
    const failed = inTurn(() => Promise.reject(new Error('a fault')));
    const next = inTurn(() => Promise.resolve('next'));
    await assert.rejects(failed, /a fault/);
    assert.equal(await next, 'next');
    assert.equal(await inTurn(() => Promise.resolve('again')), 'again');
  });
});
