import type { ContenderName, Prepare, Scenario } from '../scenario.ts';
import { measure, type Run } from './measure.ts';
import { programOf } from './programs.ts';
import { startServer, type RunningServer } from './start-server.ts';

export interface RunOptions {
  readonly connections: readonly number[];
  readonly rounds: number;
  /** Of each run. */
  readonly seconds: number;
  /** For data files. */
  readonly folder: string;
  /** An address. */
  readonly postgres: string;
  readonly tell: (line: string) => void;
}

/** All runs of one contender at one number of connections. */
export interface Measured {
  readonly scenario: string;
  readonly contender: ContenderName;
  readonly connections: number;
  readonly runs: readonly Run[];
  /** Why there is none. */
  readonly failure?: string;
}

/** Each scenario with servers of its own, its contenders in turn (A B C A B C), so that a noisy minute falls on all. */
export async function runScenarios(scenarios: readonly Scenario[], options: RunOptions): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const [turn, scenario] of scenarios.entries()) {
    const servers = await startAll(scenario, { ...options, turn });
    try {
      for (const connections of options.connections) measured.push(...(await runInTurns(scenario, servers, { ...options, workers: connections })));
    } finally {
      await Promise.all([...servers.values()].map((server) => server.stop()));
    }
  }
  return measured;
}

type Servers = ReadonlyMap<ContenderName, RunningServer>;

async function startAll({ contenders }: Scenario, place: { readonly folder: string; readonly postgres: string; readonly turn: number }): Promise<Servers> {
  const servers = new Map<ContenderName, RunningServer>();
  for (const name of Object.keys(contenders) as ContenderName[]) servers.set(name, await startServer(programOf(name, place)));
  return servers;
}

async function runInTurns(scenario: Scenario, servers: Servers, options: RunOptions & { readonly workers: number }): Promise<readonly Measured[]> {
  const { rounds, workers, seconds, tell } = options;
  const supply = scenario.supply ?? 0;
  const measured = new Map<ContenderName, { runs: Run[]; failure?: string }>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [contender, prepare] of Object.entries(scenario.contenders) as [ContenderName, Prepare][]) {
      const server = servers.get(contender);
      const found = measured.get(contender) ?? { runs: [] };
      measured.set(contender, found);
      if (server === undefined || found.failure !== undefined) continue;
      try {
        found.runs.push(await measure(server, prepare, { workers, seconds, supply }));
      } catch (fault) {
        found.failure = String(fault).slice(0, 300);
        tell(`${scenario.name} ${contender}: ${found.failure}`);
      }
    }
  }
  for (const [contender, { runs }] of measured) tell(`${scenario.name} ${contender} at ${workers}: ${runs.map((run) => Math.round(run.perSecond)).join(', ')} a second`);
  return [...measured].map(([contender, found]) => ({ scenario: scenario.name, contender, connections: workers, ...found }));
}
