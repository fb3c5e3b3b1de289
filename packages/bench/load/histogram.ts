import { createHistogram } from 'node:perf_hooks';

/** Microseconds. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** Collects durations and gives percentiles. */
export function collectLatency(): { add(milliseconds: number): void; read(): Latency } {
  const histogram = createHistogram();
  return {
    add: (milliseconds) => histogram.record(Math.max(1, Math.round(milliseconds * 1_000))),
    read: () => ({ p50: histogram.percentile(50), p99: histogram.percentile(99) }),
  };
}
