import { drive } from '../load/drive.ts';
import type { Latency } from '../load/histogram.ts';
import { createHttpClient } from '../load/http-client.ts';
import type { Prepare } from '../scenario.ts';
import { hands } from './remember.ts';
import type { RunningServer } from './start-server.ts';

/** One run of one contender. */
export interface Run extends Latency {
  readonly perSecond: number;
  /** Of the server's process alone: a database server beside it is not in it. */
  readonly cpuMicrosecondsEach: number;
  readonly residentBytes: number;
  readonly operations: number;
}

export interface Load {
  readonly workers: number;
  readonly seconds: number;
  /** What an operation uses up is made in such numbers that it lasts; undefined where nothing is used up. */
  readonly supplies: Supplies | undefined;
}

/** How many operations a second one contender is thought to reach. */
export interface Supplies {
  perSecond: number;
}

/**
 * Runs that do not count: until then the server's code is not compiled, and nobody knows how much it will use up. A
 * service that has been up for a minute is what is to be measured; after one second each of them is still slow.
 */
export async function warmUp(server: RunningServer, prepare: Prepare, load: Load): Promise<void> {
  for (let left = warmUpSeconds; left > 0.1; ) {
    const once = await measureOnce(server, prepare, { ...load, seconds: left });
    learn(load.supplies, once);
    left -= once.run.operations / once.run.perSecond;
  }
}

const warmUpSeconds = 5;

/** Makes ready, warms up for a moment, and measures. A run that came to the end of its supply is run again with more. */
export async function measure(server: RunningServer, prepare: Prepare, load: Load): Promise<Run> {
  const once = await measureOnce(server, prepare, load);
  learn(load.supplies, once);
  return once.isShort ? measure(server, prepare, load) : once.run;
}

function learn(supplies: Supplies | undefined, { run, isShort }: Once): void {
  if (supplies !== undefined) supplies.perSecond = isShort ? Math.max(2 * supplies.perSecond, run.perSecond || 0) : run.perSecond;
}

interface Once {
  readonly run: Run;
  /** Whether its supply was used up before its time was. */
  readonly isShort: boolean;
}

async function measureOnce(server: RunningServer, prepare: Prepare, { workers, seconds, supplies }: Load): Promise<Once> {
  // So many connections are open while things are made ready; of those, so many are in use at a time as there are workers.
  const http = createHttpClient(server.url, Math.max(workers, hands));
  try {
    const supply = workers + Math.ceil(1.4 * (supplies?.perSecond ?? 0) * seconds * (1 + warmingShare));
    const step = await prepare({ server, http, workers, supply });
    await drive(step, { workers, seconds: seconds * warmingShare });
    const before = await server.usage();
    const { isShort, ...driven } = await drive(step, { workers, seconds });
    const after = await server.usage();
    const { operations, p50, p99 } = driven;
    const cpu = after.cpuMicroseconds - before.cpuMicroseconds;
    return { isShort, run: { p50, p99, operations, perSecond: operations / driven.seconds, cpuMicrosecondsEach: cpu / operations, residentBytes: after.residentBytes } };
  } finally {
    await http.close();
  }
}

/** Of a run's time, before it: for the connections and the caches of a processor that did something else meanwhile. */
const warmingShare = 0.05;
