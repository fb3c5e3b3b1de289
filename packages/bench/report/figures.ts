/** Medians, spans and ratios of what was measured. */
import { spreadOf, type Spread } from '../first-screen/spread.ts';
import type { Run } from '../run/measure.ts';
import type { Measured } from '../run/run-scenarios.ts';
import type { ContenderName } from '../scenario.ts';

/** A figure of a run. */
export type FigureName = keyof Run;

/** Which runs: of whom, in which scenario, at how many connections. */
export interface Place {
  readonly scenario: string;
  readonly contender: ContenderName;
  readonly connections: number;
}

export function findMeasured(measured: readonly Measured[], { scenario, contender, connections }: Place): Measured | undefined {
  return measured.find((entry) => entry.scenario === scenario && entry.contender === contender && entry.connections === connections);
}

/** Undefined where no round came to its end. A figure that is no number, such as processor time of no operation, does not count. */
export function figureOf(entry: Measured | undefined, name: FigureName): Spread | undefined {
  const figures = (entry?.runs ?? []).map((run) => run[name]).filter((figure) => Number.isFinite(figure));
  return figures.length === 0 ? undefined : spreadOf(figures);
}

/** How many times as large the one's median is as the other's. */
export function ratioOf(one: Spread | undefined, other: Spread | undefined): number | undefined {
  if (one === undefined || other === undefined || other.median === 0) return undefined;
  return one.median / other.median;
}

/** Whether some round of the one lies among the rounds of the other: then the medians decide little. */
export function doOverlap(one: Spread, other: Spread): boolean {
  return one.min <= other.max && other.min <= one.max;
}

/** Ascending. */
export function connectionsOf(measured: readonly Measured[]): readonly number[] {
  return [...new Set(measured.map(({ connections }) => connections))].toSorted((a, b) => a - b);
}
