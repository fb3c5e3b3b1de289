import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { spreadOf } from '../first-screen/spread.ts';
import { doOverlap, figureOf, ratioOf } from './figures.ts';
import { measuredOf, runOf } from './sample-results.ts';

const portico = { scenario: 'refresh', contender: 'portico' } as const;

describe('figures', () => {
  test('the median of an odd number of rounds is the middle one, with the least and the most beside it', () => {
    assert.deepEqual(figureOf(measuredOf(portico, 300, 100, 200), 'perSecond'), { median: 200, min: 100, max: 300 });
  });

  test('the median of an even number of rounds lies between the two in the middle', () => {
    assert.equal(figureOf(measuredOf(portico, 100, 400, 200, 300), 'perSecond')?.median, 250);
  });

  test('what came to no round has no figure', () => {
    assert.equal(figureOf(measuredOf(portico), 'perSecond'), undefined);
    assert.equal(figureOf(undefined, 'perSecond'), undefined);
  });

  test('a figure that is no number does not count', () => {
    const entry = { ...measuredOf(portico), runs: [runOf(100, Number.NaN), runOf(100, 50)] };
    assert.deepEqual(figureOf(entry, 'cpuMicrosecondsEach'), { median: 50, min: 50, max: 50 });
  });

  test('a ratio is that of the medians, and none where a side is missing or nothing was done', () => {
    const [one, other] = [spreadOf([300, 100, 200]), spreadOf([50, 100, 400])];
    assert.equal(ratioOf(one, other), 2);
    assert.equal(ratioOf(one, undefined), undefined);
    assert.equal(ratioOf(one, spreadOf([0])), undefined);
  });

  test('spans overlap where a round of the one lies among those of the other, and where they touch', () => {
    assert.equal(doOverlap(spreadOf([100, 200]), spreadOf([200, 300])), true);
    assert.equal(doOverlap(spreadOf([100, 400]), spreadOf([200, 300])), true);
    assert.equal(doOverlap(spreadOf([100, 199]), spreadOf([200, 300])), false);
    assert.equal(doOverlap(spreadOf([200, 300]), spreadOf([100, 199])), false);
  });
});
