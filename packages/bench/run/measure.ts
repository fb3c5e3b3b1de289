import { drive } from '../load/drive.ts';
import type { Latency } from '../load/histogram.ts';
import { createHttpClient } from '../load/http-client.ts';
import type { Prepare } from '../scenario.ts';
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
  readonly supply: number;
}

/** Makes ready, warms up for a moment, and measures. */
export async function measure(server: RunningServer, prepare: Prepare, { workers, seconds, supply }: Load): Promise<Run> {
  const http = createHttpClient(server.url, workers);
  try {
    const step = await prepare({ server, http, workers, supply });
    await drive(step, { workers, seconds: seconds / 10 });
    const before = await server.usage();
    const driven = await drive(step, { workers, seconds });
    const after = await server.usage();
    const { operations, p50, p99 } = driven;
    const cpu = after.cpuMicroseconds - before.cpuMicroseconds;
    return { p50, p99, operations, perSecond: operations / driven.seconds, cpuMicrosecondsEach: cpu / operations, residentBytes: after.residentBytes };
  } finally {
    await http.close();
  }
}
