import { collectLatency, type Latency } from './histogram.ts';

/** One operation by one of the workers. Throws if an answer is not right; `done` if what was prepared is used up. */
export type Step = (worker: number) => Promise<void | 'done'>;

export interface Driven extends Latency {
  readonly operations: number;
  readonly seconds: number;
  /** Whether what was prepared was used up before the time was. */
  readonly isShort: boolean;
}

/** So many workers do one operation after the other until the time is up. The first wrong answer ends everything. */
export async function drive(step: Step, { workers, seconds }: { readonly workers: number; readonly seconds: number }): Promise<Driven> {
  const latency = collectLatency();
  const startedAt = performance.now();
  const until = startedAt + seconds * 1_000;
  let operations = 0;
  let isShort = false;
  const work = async (worker: number): Promise<void> => {
    for (let before = performance.now(); before < until; ) {
      if ((await step(worker)) === 'done') return void (isShort = true);
      const after = performance.now();
      latency.add(after - before);
      operations += 1;
      before = after;
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  return { ...latency.read(), operations, isShort, seconds: (performance.now() - startedAt) / 1_000 };
}
