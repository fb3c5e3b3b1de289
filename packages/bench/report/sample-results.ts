/** Results as tests of the report need them: only what they speak of is given. */
import type { ServerResults } from '../run/keep-results.ts';
import type { Run } from '../run/measure.ts';
import type { Measured } from '../run/run-scenarios.ts';
import type { Sitting } from '../run/sitting.ts';

export const monday = '2026-11-23T10:00:00.000Z';
export const tuesday = '2026-11-24T10:00:00.000Z';

export function sittingOf(date: string, versions: Sitting['versions'] = { koa: '3.3.0' }): Sitting {
  const machine = { processor: 'A Processor', cores: 2, gigabytes: 24, node: 'v24.0.0', system: 'linux' };
  return { date, machine, versions, rounds: 3, seconds: 1 };
}

export function runOf(perSecond: number, cpuMicrosecondsEach = 1_000): Run {
  return { perSecond, cpuMicrosecondsEach, p50: 1_000, p99: 2_000, residentBytes: 100_000_000, operations: perSecond };
}

type Named = Pick<Measured, 'scenario' | 'contender'> & Partial<Omit<Measured, 'runs'>>;

/** A run for each figure, by default of Monday and at 16 connections. */
export function measuredOf(named: Named, ...perSecond: readonly number[]): Measured {
  return { sitting: monday, connections: 16, ...named, runs: perSecond.map((figure) => runOf(figure)) };
}

export function resultsOf(measured: readonly Measured[], sittings: readonly Sitting[] = [sittingOf(monday)]): ServerResults {
  return { sittings, starts: [], measured };
}
