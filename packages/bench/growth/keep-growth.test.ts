import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { monday, sittingOf, tuesday } from '../report/sample-results.ts';
import { mergeGrowth, type Growth } from './keep-growth.ts';
import type { GrowthFigure, GrowthSize } from './measure-growth.ts';

const nothing: Growth = { sittings: [], figures: [], sizes: [] };
const figureOf = (verb: string, users = 1_000): GrowthFigure => ({ engine: 'sqlite', users, verb, perSecond: 100, calls: 100, p50: 1, p99: 2 });
const sizeOf = (users: number): GrowthSize => ({ engine: 'sqlite', users, bytes: users * 2_000, bytesPerUser: 2_000, filledInSeconds: 1, scannedTables: [] });

describe('what is kept of growth', () => {
  test('a row that is measured again takes the place of its own verb and number only', () => {
    const before = [figureOf('code claim'), figureOf('insert user'), figureOf('code claim', 100_000)]
      .reduce((kept, figure) => mergeGrowth(kept, sittingOf(monday), { figure }), nothing);
    const after = mergeGrowth(before, sittingOf(tuesday), { figure: figureOf('code claim') });
    assert.deepEqual(after.figures.map(({ verb, users, sitting }) => [verb, users, sitting]), [
      ['insert user', 1_000, monday], ['code claim', 1_000, tuesday], ['code claim', 100_000, monday],
    ]);
    assert.deepEqual(after.sittings.map(({ date }) => date), [monday, tuesday]);
  });

  test('the size of a store is kept before anything is measured in it, and replaced when more is known', () => {
    const filled = mergeGrowth(nothing, sittingOf(monday), { size: sizeOf(1_000) });
    const measured = mergeGrowth(filled, sittingOf(monday), { size: { ...sizeOf(1_000), scannedTables: ['portico_budget'] } });
    assert.deepEqual(measured.sizes, [{ ...sizeOf(1_000), scannedTables: ['portico_budget'], sitting: monday }]);
  });

  test('a sitting that nothing is left of goes', () => {
    const before = mergeGrowth(nothing, sittingOf(monday), { figure: figureOf('code claim') });
    const after = mergeGrowth(before, sittingOf(tuesday), { figure: figureOf('code claim') });
    assert.deepEqual(after.sittings, [sittingOf(tuesday)]);
  });
});
