import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandomPool } from './system-random.ts';

test('of ten thousand random texts none comes twice, and each has its bytes', () => {
  const take = createRandomPool();
  const texts = Array.from({ length: 10_000 }, (_, index) => take(index % 2 === 0 ? 32 : 16));
  assert.equal(new Set(texts).size, texts.length);
  assert.deepEqual(new Set(texts.map((text) => Buffer.from(text, 'base64url').length)), new Set([16, 32]));
});

test('what was handed out is not in the pool any more', () => {
  const pool = Buffer.alloc(100);
  const take = createRandomPool(pool);
  const [first, second] = [take(32), take(32)].map((text) => Buffer.from(text, 'base64url'));
  assert.ok(first && second && !pool.includes(first) && !pool.includes(second));
  assert.ok(pool.subarray(0, 64).every((byte) => byte === 0));
  assert.ok(pool.subarray(64).some((byte) => byte !== 0), 'the rest waits');
});
