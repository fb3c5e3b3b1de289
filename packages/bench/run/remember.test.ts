import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Scene } from '../scenario.ts';
import { makeMany, rememberMany } from './remember.ts';

/** Of a server of its own: nobody asks it anything. */
const newScene = (): Scene => ({ server: {}, http: {}, workers: 1, supply: 0 }) as unknown as Scene;

describe('what is made once for a server', () => {
  test('is the same in the next run, and only what is missing is made', async () => {
    const made: number[] = [];
    const find = rememberMany(async (_, index) => made.push(index));
    const scene = newScene();
    const first = await find(scene, 3);
    assert.equal(await find(scene, 2), first);
    assert.equal((await find(scene, 5)).length, 5);
    assert.deepEqual(made.toSorted(), [0, 1, 2, 3, 4]);
  });

  test('is not made twice where it is asked for twice at once', async () => {
    let count = 0;
    const find = rememberMany(async () => (count += 1));
    const scene = newScene();
    await Promise.all([find(scene, 20), find(scene, 20), find(scene, 1)]);
    assert.equal(count, 20);
  });

  test('is made anew for another server', async () => {
    let count = 0;
    const find = rememberMany(async () => (count += 1));
    await find(newScene(), 2);
    await find(newScene(), 2);
    assert.equal(count, 4);
  });

  test('keeps what was put in the place of something that was spent', async () => {
    const find = rememberMany(async (_, index) => `token-${index}`);
    const scene = newScene();
    (await find(scene, 2))[1] = 'the next token';
    assert.deepEqual(await find(scene, 3), ['token-0', 'the next token', 'token-2']);
  });

  test('many are made in the order in which they were asked for', async () => {
    assert.deepEqual(await makeMany(40, (index) => Promise.resolve(index)), Array.from({ length: 40 }, (_, index) => index));
  });
});
