import { stripVTControlCharacters } from 'node:util';
import type { Count, Stage } from './stage.ts';

/**
 * How many tests a stage ran, from what it printed and how it ended.
 * A suite that ran no test has failed, and so has a runner that died without a failing test.
 */
export function countTests(kind: Stage['kind'], printed: string, exitCode: number): Count {
  const counted = counters[kind](stripVTControlCharacters(printed));
  const { passed, failed, skipped } = counted;
  if (kind === 'gate') return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
  const isBroken = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: isBroken ? 1 : failed, skipped };
}

const counters: Readonly<Record<Stage['kind'], (printed: string) => Count>> = {
  gate: () => ({ passed: 0, failed: 0, skipped: 0 }),
  'node-tests': countNodeTests,
  'browser-tests': countBrowserTests,
};

/** Adds up the summaries of node:test; a file without tests is reported by node:test as a test that passed. */
function countNodeTests(printed: string): Count {
  const sum = (word: string): number =>
    [...printed.matchAll(new RegExp(`^\\s*[ℹ#] ${word} (\\d+)$`, 'gm'))].reduce((total, [, n]) => total + Number(n), 0);
  const emptyFiles = [...printed.matchAll(/^✔ \S+\.test\.[jt]s \([\d.]+ms\)$/gm)].length;
  return {
    passed: sum('pass') - emptyFiles,
    failed: sum('fail') + sum('cancelled') + emptyFiles,
    skipped: sum('skipped') + sum('todo'),
  };
}

/** web-test-runner prints its running totals; the last ones count. */
function countBrowserTests(printed: string): Count {
  const last = (word: string): number => Number([...printed.matchAll(new RegExp(`(\\d+) ${word}\\b`, 'g'))].at(-1)?.[1] ?? 0);
  return { passed: last('passed'), failed: last('failed'), skipped: last('skipped') };
}
