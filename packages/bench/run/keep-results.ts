/**
 * `results/servers.json`: what was measured, each with the sitting it comes from. A sitting replaces what it measures
 * anew, a scenario at a number of connections with all of its contenders, and leaves the rest as it was.
 */
import { readFile, writeFile } from 'node:fs/promises';
import type { Start } from './measure-start.ts';
import type { Measured } from './run-scenarios.ts';
import type { Sitting } from './sitting.ts';

export interface ServerResults {
  /** Those that something is left of, oldest first. */
  readonly sittings: readonly Sitting[];
  readonly starts: readonly Start[];
  readonly measured: readonly Measured[];
}

const resultFile = new URL('../results/servers.json', import.meta.url);
const nothing: ServerResults = { sittings: [], starts: [], measured: [] };

export type Finding = Partial<Pick<ServerResults, 'starts' | 'measured'>>;

/** Adds what a sitting has found to what is kept already. */
export async function keepResults(sitting: Sitting, finding: Finding): Promise<void> {
  const text = await readFile(resultFile, 'utf8').catch(() => JSON.stringify(nothing));
  const merged = mergeResults(JSON.parse(text) as ServerResults, sitting, finding);
  await writeFile(resultFile, `${JSON.stringify(merged, undefined, 1)}\n`);
}

export function mergeResults(kept: ServerResults, sitting: Sitting, { starts = [], measured = [] }: Finding): ServerResults {
  const isReplaced = (old: Measured): boolean => measured.some((entry) => entry.scenario === old.scenario && entry.connections === old.connections);
  const allMeasured = [...kept.measured.filter((entry) => !isReplaced(entry)), ...measured];
  const allStarts = starts.length === 0 ? kept.starts : starts;
  const used = new Set([...allMeasured, ...allStarts].map((entry) => entry.sitting));
  const sittings = [...kept.sittings.filter(({ date }) => date !== sitting.date), sitting].filter(({ date }) => used.has(date));
  return { sittings: sittings.toSorted((one, other) => one.date.localeCompare(other.date)), starts: allStarts, measured: allMeasured };
}
