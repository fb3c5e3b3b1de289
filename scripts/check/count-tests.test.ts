import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { countTests } from './count-tests.ts';

describe('counting tests', () => {
  test('the summary of node:test counts, cancelled tests as failed', () => {
    const printed = 'ℹ tests 6\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\nℹ todo 0\n';
    assert.deepEqual(countTests('node-tests', printed, 1), { passed: 3, failed: 2, skipped: 1 });
  });

  test('a file without a test has failed', () => {
    const printed = '✔ packages/guard/test/empty.test.ts (31.5ms)\nℹ pass 1\nℹ fail 0\n';
    assert.deepEqual(countTests('node-tests', printed, 0), { passed: 0, failed: 1, skipped: 0 });
  });

  test('a suite without a test has failed', () => {
    assert.deepEqual(countTests('node-tests', 'ℹ pass 0\nℹ fail 0\n', 0), { passed: 0, failed: 1, skipped: 0 });
  });

  test('of the running totals of web-test-runner the last counts', () => {
    const printed = 'Chrome: 0/2 test files | 0 passed, 0 failed\nChrome: 2/2 test files | 41 passed, 1 failed\n';
    assert.deepEqual(countTests('browser-tests', printed, 1), { passed: 41, failed: 1, skipped: 0 });
  });

  test('a runner that dies without a failing test has failed', () => {
    assert.deepEqual(countTests('browser-tests', '5 passed, 0 failed', 1), { passed: 5, failed: 1, skipped: 0 });
  });

  test('a gate is one test', () => {
    assert.deepEqual(countTests('gate', '', 0), { passed: 1, failed: 0, skipped: 0 });
    assert.deepEqual(countTests('gate', '', 2), { passed: 0, failed: 1, skipped: 0 });
  });
});
