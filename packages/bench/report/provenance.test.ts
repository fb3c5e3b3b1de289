import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newestOf, writeAge, writeOlder } from './provenance.ts';
import { measuredOf, monday, resultsOf, sittingOf, tuesday } from './sample-results.ts';
import { writePage } from './write-report.ts';

const old = measuredOf({ scenario: 'refresh', contender: 'portico' }, 100);
const fresh = measuredOf({ scenario: 'session', contender: 'portico', sitting: tuesday }, 100);
const both = resultsOf([old, fresh], [sittingOf(tuesday, { koa: '3.4.0', jose: '6.2.18' }), sittingOf(monday, { koa: '3.3.0', jose: '6.2.18' })]);

describe('where figures come from', () => {
  test('the newest sitting is the latest by its date, in whatever order they are kept', () => {
    assert.equal(newestOf(both)?.date, tuesday);
    assert.equal(newestOf(resultsOf([], [])), undefined);
  });

  test('only what is older has an age', () => {
    assert.equal(writeAge(old, both), ', older: 2026-11-23');
    assert.equal(writeAge(fresh, both), '');
    assert.equal(writeAge(undefined, both), '');
  });

  test('older figures keep their own date and machine, and the versions that were others', () => {
    assert.deepEqual(writeOlder([old], both), [
      'These figures are older: 2026-11-23, A Processor, 2 cores, 24 GB, Node v24.0.0, linux; medians of 3 rounds, 1 s each; with koa 3.3.0.',
    ]);
    assert.deepEqual(writeOlder([fresh], both), []);
  });

  test('the page names the newest sitting as its own, and marks an older scenario', () => {
    const page = writePage({ servers: both }, 'What remains.');
    assert.match(page, /^2026-11-24, A Processor.*\n\nVersions: koa 3\.4\.0, jose 6\.2\.18\.$/m);
    assert.match(page, /### Refresh\n\n(?:\|.*\n)+\nThose at 16 connections are older: 2026-11-23/);
    assert.doesNotMatch(page, /### Session check, in the store\n\n(?:\|.*\n)+\nThose at/);
  });

  test('a page without any results says which commands make them', () => {
    const page = writePage({}, 'What remains.');
    assert.match(page, /The servers are not measured yet: `pnpm bench` does\./);
    assert.doesNotMatch(page, /undefined|NaN/);
  });
});
