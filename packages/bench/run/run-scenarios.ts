import type { ContenderName, Prepare, Scenario } from '../scenario.ts';
import { measure, warmUp, type Run, type Supplies } from './measure.ts';
import { programOf } from './programs.ts';
import { startServer, type RunningServer } from './start-server.ts';

export interface RunOptions {
  /** Its date. */
  readonly sitting: string;
  readonly connections: readonly number[];
  readonly rounds: number;
  /** Of each run. */
  readonly seconds: number;
  /** For data files. */
  readonly folder: string;
  /** An address. */
  readonly postgres: string;
  readonly tell: (line: string) => void;
  /** Is given what was measured as soon as it is, so that a run that ends early loses nothing. */
  readonly keep: (measured: readonly Measured[]) => Promise<void>;
}

/** All runs of one contender at one number of connections. */
export interface Measured {
  /** The date of the sitting it was measured in. */
  readonly sitting: string;
  readonly scenario: string;
  readonly contender: ContenderName;
  readonly connections: number;
  readonly runs: readonly Run[];
  /** Why there is none. */
  readonly failure?: string;
}

/** Each scenario with servers of its own, its contenders in turn (A B C A B C), so that a noisy minute falls on all. */
export async function runScenarios(scenarios: readonly Scenario[], options: RunOptions): Promise<void> {
  for (const [turn, scenario] of scenarios.entries()) {
    const startedAt = performance.now();
    const entrants = await startAll(scenario, { ...options, turn });
    try {
      for (const workers of options.connections) await options.keep(await runInTurns(scenario, entrants, { ...options, workers }));
    } finally {
      await Promise.all(entrants.map(({ server }) => server.stop()));
    }
    options.tell(`${scenario.name} took ${Math.round((performance.now() - startedAt) / 1_000)} s`);
  }
}

/** A contender in a scenario. */
interface Entrant {
  readonly contender: ContenderName;
  readonly prepare: Prepare;
  readonly server: RunningServer;
  readonly supplies: Supplies | undefined;
  isWarm: boolean;
}

async function startAll({ contenders, usesUp = false }: Scenario, place: { readonly folder: string; readonly postgres: string; readonly turn: number }): Promise<readonly Entrant[]> {
  const entrants: Entrant[] = [];
  for (const [contender, prepare] of Object.entries(contenders) as [ContenderName, Prepare][]) {
    const server = await startServer(programOf(contender, place));
    entrants.push({ contender, prepare, server, supplies: usesUp ? { perSecond: 200 } : undefined, isWarm: false });
  }
  return entrants;
}

async function runInTurns(scenario: Scenario, entrants: readonly Entrant[], options: RunOptions & { readonly workers: number }): Promise<readonly Measured[]> {
  const { rounds, workers, seconds, tell } = options;
  const results = entrants.map((entrant) => ({ entrant, found: { runs: [] as Run[] } as { runs: Run[]; failure?: string } }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { entrant, found } of results) {
      if (found.failure !== undefined) continue;
      try {
        const load = { workers, seconds, supplies: entrant.supplies };
        if (!entrant.isWarm) await warmUp(entrant.server, entrant.prepare, load);
        entrant.isWarm = true;
        found.runs.push(await measure(entrant.server, entrant.prepare, load));
      } catch (fault) {
        found.failure = String(fault).slice(0, 300);
        tell(`${scenario.name} ${entrant.contender}: ${found.failure}`);
      }
    }
  }
  for (const { entrant, found } of results) tell(`${scenario.name} ${entrant.contender} at ${workers}: ${found.runs.map((run) => Math.round(run.perSecond)).join(', ')} a second`);
  return results.map(({ entrant, found }) => ({ scenario: scenario.name, contender: entrant.contender, connections: workers, sitting: options.sitting, ...found }));
}
