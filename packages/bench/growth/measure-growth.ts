import type { OpenStore } from '@portico/koa';
import { collectLatency, type Latency } from '../load/histogram.ts';
import { growPostgres } from './grow-postgres.ts';
import { growSqlite } from './grow-sqlite.ts';
import type { EngineName, GrownStore } from './grown-store.ts';
import { hotVerbs, type HotVerb } from './hot-verbs.ts';

export interface GrowthOptions {
  /** @default [1_000, 100_000, 10_000_000] */
  readonly users?: readonly number[];
  /** @default ['sqlite', 'postgres'] */
  readonly engines?: readonly EngineName[];
  /** For each verb. @default 5 */
  readonly seconds?: number;
  /** Is told of each figure when it is there. */
  readonly tell?: (line: string) => void;
}

/** One verb, one call at a time, each for another user. Latencies are microseconds. */
export interface GrowthFigure extends Latency {
  readonly engine: EngineName;
  readonly users: number;
  readonly verb: string;
  readonly perSecond: number;
  readonly calls: number;
}

export interface GrowthSize {
  readonly engine: EngineName;
  readonly users: number;
  readonly bytes: number;
  readonly bytesPerUser: number;
  readonly filledInSeconds: number;
  /** Tables that were read whole while it was measured. PostgreSQL does so where a table is a few pages. SQLite does not tell. */
  readonly scannedTables: readonly string[];
}

export interface Growth {
  readonly figures: readonly GrowthFigure[];
  readonly sizes: readonly GrowthSize[];
}

/** Fills a store for each engine and number of users, measures it, and takes it away again. */
export async function measureGrowth(options: GrowthOptions = {}): Promise<Growth> {
  const { users: sizes = [1_000, 100_000, 10_000_000], engines = ['sqlite', 'postgres'], seconds = 5, tell = () => {} } = options;
  const growth: { figures: GrowthFigure[]; sizes: GrowthSize[] } = { figures: [], sizes: [] };
  for (const engine of engines) {
    for (const users of sizes) {
      const grown = await (engine === 'sqlite' ? growSqlite(users) : growPostgres(users));
      try {
        const of = { engine, users };
        tell(`${engine}, ${users} users: ${Math.round(grown.bytes / users)} bytes a user, filled in ${Math.round(grown.filledInSeconds)} s`);
        growth.figures.push(...await measureAll(grown, of, { seconds, tell }));
        const scannedTables = await grown.findScannedTables();
        growth.sizes.push({ ...of, bytes: grown.bytes, bytesPerUser: grown.bytes / users, filledInSeconds: grown.filledInSeconds, scannedTables });
      } finally {
        await grown.remove();
      }
    }
  }
  return growth;
}

async function measureAll(
  { opener }: GrownStore, of: Pick<GrowthFigure, 'engine' | 'users'>, { seconds, tell }: { readonly seconds: number; readonly tell: (line: string) => void },
): Promise<readonly GrowthFigure[]> {
  const store = await opener.open();
  try {
    const figures: GrowthFigure[] = [];
    for (const verb of hotVerbs) {
      const figure = { ...of, verb: verb.name, ...await measure(store, { verb, users: of.users, seconds }) };
      tell(`  ${verb.name}: ${Math.round(figure.perSecond)} a second, p50 ${figure.p50} µs, p99 ${figure.p99} µs`);
      figures.push(figure);
    }
    return figures;
  } finally {
    await store.close();
  }
}

interface Measured {
  readonly verb: HotVerb;
  readonly users: number;
  readonly seconds: number;
}

/** Far more than one of five seconds needs, where a call takes a tenth of a millisecond. */
const mostCalls = 50_000;

/** Only the calls count, not what makes them ready. A tenth of them come before, to warm up. */
async function measure(store: OpenStore, { verb, users, seconds }: Measured): Promise<Omit<GrowthFigure, 'engine' | 'users' | 'verb'>> {
  const most = Math.min(mostCalls, verb.most?.(users) ?? users);
  const warming = Math.floor(most / 10);
  const keys = spread(users);
  const latency = collectLatency();
  let milliseconds = 0;
  let calls = 0;
  for (let turn = 0; turn < most && milliseconds < seconds * 1000; turn += 1) {
    const call = await verb.prepare(store, { turn, k: keys(turn), users });
    const startedAt = performance.now();
    await call();
    const took = performance.now() - startedAt;
    if (turn < warming && turn < 500) continue;
    latency.add(took);
    milliseconds += took;
    calls += 1;
  }
  return { perSecond: calls / (milliseconds / 1000), calls, ...latency.read() };
}

/** Every user once, those that follow each other far apart: steps of the golden ratio, made coprime. */
function spread(users: number): (turn: number) => number {
  let step = Math.max(1, Math.round(users * 0.618_034));
  while (greatestDivisor(step, users) !== 1) step += 1;
  return (turn) => 1 + ((turn * step) % users);
}

function greatestDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestDivisor(other, one % other);
}
