import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Measured } from '../run/run-scenarios.ts';
import type { Sitting } from '../run/sitting.ts';
import { measuredOf, monday, resultsOf, runOf, sittingOf, tuesday } from './sample-results.ts';
import { writeServerTargets } from './targets.ts';

const exchange = 'exchange-code';
const portico = (...perSecond: readonly number[]): Measured => measuredOf({ scenario: exchange, contender: 'portico' }, ...perSecond);
const peer = (...perSecond: readonly number[]): Measured => measuredOf({ scenario: exchange, contender: 'oidc-provider' }, ...perSecond);

/** What the page says of a target. */
function cellOf(title: string, measured: readonly Measured[], sittings?: readonly Sitting[]): string | undefined {
  const rows = writeServerTargets(resultsOf(measured, sittings)).split('\n');
  return rows.find((row) => row.startsWith(`| ${title}`))?.split('|').at(-2)?.trim();
}

const threeTimes = 'Code exchange, at least 3 ×';

describe('a target', () => {
  test('is met at exactly what it asks for', () => {
    assert.equal(cellOf(threeTimes, [portico(300), peer(100)]), '3.00 ×, met');
  });

  test('is missed just below it, however it is rounded', () => {
    assert.equal(cellOf(threeTimes, [portico(2_999), peer(1_000)]), '3.00 ×, **missed**');
  });

  test('to be ahead is missed by who is as fast', () => {
    const refresh = (contender: 'portico' | 'better-auth', ...perSecond: readonly number[]): Measured => measuredOf({ scenario: 'refresh', contender }, ...perSecond);
    assert.equal(cellOf('Refresh, ahead of better-auth', [refresh('portico', 100), refresh('better-auth', 100)]), '1.00 ×, **missed**, spans overlap');
    assert.equal(cellOf('Refresh, ahead of better-auth', [refresh('portico', 90, 110, 120), refresh('better-auth', 80, 100, 105)]), '1.10 ×, met, spans overlap');
    assert.equal(cellOf('Refresh, ahead of better-auth', [refresh('portico', 200), refresh('better-auth', 100)]), '2.00 ×, met');
  });

  test('by processor time is met by who uses less', () => {
    const of = (contender: 'guard' | 'bare-route', microseconds: number): Measured => ({ ...measuredOf({ scenario: 'guard-seen', contender }), runs: [runOf(100, microseconds)] });
    assert.equal(cellOf('The same by the server’s processor time', [of('guard', 110), of('bare-route', 100)]), '0.91 ×, met');
    assert.equal(cellOf('The same by the server’s processor time', [of('guard', 120), of('bare-route', 100)]), '0.83 ×, **missed**');
  });

  test('is not measured without the other side, and undecided where a side failed', () => {
    assert.equal(cellOf(threeTimes, [portico(300)]), 'not measured');
    assert.equal(cellOf(threeTimes, [portico(300), { ...peer(100), failure: 'an answer was wrong' }]), 'undecided: oidc-provider, SQLite failed');
  });

  test('says so where its figures are older than others', () => {
    const refreshed = measuredOf({ scenario: 'refresh', contender: 'portico', sitting: tuesday }, 100);
    const sittings = [sittingOf(monday), sittingOf(tuesday)];
    assert.equal(cellOf(threeTimes, [portico(300), peer(100), refreshed], sittings), '3.00 ×, met, older: 2026-11-23');
  });
});
