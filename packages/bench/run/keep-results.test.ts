import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { measuredOf, monday, resultsOf, sittingOf, tuesday } from '../report/sample-results.ts';
import { mergeResults } from './keep-results.ts';

const refreshAt = (connections: number, sitting: string, perSecond = 100): ReturnType<typeof measuredOf> =>
  measuredOf({ scenario: 'refresh', contender: 'portico', connections, sitting }, perSecond);

describe('what is kept of results', () => {
  test('a scenario that is measured again takes the place of the old one at the same connections only', () => {
    const kept = resultsOf([refreshAt(1, monday), refreshAt(16, monday)]);
    const merged = mergeResults(kept, sittingOf(tuesday), { measured: [refreshAt(16, tuesday, 200)] });
    assert.deepEqual(merged.measured, [refreshAt(1, monday), refreshAt(16, tuesday, 200)]);
    assert.deepEqual(merged.sittings.map(({ date }) => date), [monday, tuesday]);
  });

  test('contenders of one scenario never come from two sittings', () => {
    const ofPeer = measuredOf({ scenario: 'refresh', contender: 'better-auth', sitting: monday }, 50);
    const merged = mergeResults(resultsOf([refreshAt(16, monday), ofPeer]), sittingOf(tuesday), { measured: [refreshAt(16, tuesday)] });
    assert.deepEqual(merged.measured, [refreshAt(16, tuesday)]);
  });

  test('a sitting that nothing is left of goes', () => {
    const merged = mergeResults(resultsOf([refreshAt(16, monday)]), sittingOf(tuesday), { measured: [refreshAt(16, tuesday)] });
    assert.deepEqual(merged.sittings, [sittingOf(tuesday)]);
  });

  test('a sitting keeps what it found before as it goes on', () => {
    const first = mergeResults(resultsOf([], []), sittingOf(tuesday), { measured: [refreshAt(1, tuesday)] });
    const second = mergeResults(first, sittingOf(tuesday), { measured: [refreshAt(16, tuesday)] });
    assert.deepEqual(second.measured, [refreshAt(1, tuesday), refreshAt(16, tuesday)]);
    assert.equal(second.sittings.length, 1);
  });

  test('starts stay until they are measured again, with their sitting', () => {
    const start = { sitting: monday, contender: 'portico', milliseconds: [300], residentBytes: [1] } as const;
    const merged = mergeResults({ ...resultsOf([]), starts: [start] }, sittingOf(tuesday), { measured: [refreshAt(16, tuesday)] });
    assert.deepEqual(merged.starts, [start]);
    assert.deepEqual(merged.sittings.map(({ date }) => date), [monday, tuesday]);
  });
});
