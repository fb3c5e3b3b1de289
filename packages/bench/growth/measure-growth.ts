import type { OpenStore } from '@portico/koa';
import { collectLatency, type Latency } from '../load/histogram.ts';
import { growPostgres } from './grow-postgres.ts';
import { growSqlite } from './grow-sqlite.ts';
import type { EngineName, GrownStore } from './grown-store.ts';
import { hotVerbs, type HotVerb } from './hot-verbs.ts';
import type { GrowthRow } from './keep-growth.ts';

export interface GrowthOptions {
  /** @default [1_000, 100_000, 10_000_000] */
  readonly users?: readonly number[];
  /** @default ['sqlite', 'postgres'] */
  readonly engines?: readonly EngineName[];
  /** For each verb. @default 5 */
  readonly seconds?: number;
  /** Is told how far it has come. */
  readonly tell?: (line: string) => void;
  /** Is given each row as soon as it is there. */
  readonly keep: (row: GrowthRow) => Promise<void>;
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

/** Fills a store for each number of users and engine, the small ones first, measures it, and takes it away again. */
export async function measureGrowth(options: GrowthOptions): Promise<void> {
  const { users: sizes = [1_000, 100_000, 10_000_000], engines = ['sqlite', 'postgres'], tell = () => {} } = options;
  for (const users of sizes) {
    for (const engine of engines) {
      tell(`${engine}, ${users} users: to be filled`);
      const grown = await (engine === 'sqlite' ? growSqlite(users, tell) : growPostgres(users, tell));
      try {
        await measureStore(grown, { engine, users }, options);
      } finally {
        await grown.remove();
      }
    }
  }
}

async function measureStore(grown: GrownStore, of: Pick<GrowthFigure, 'engine' | 'users'>, { seconds = 5, tell = () => {}, keep }: GrowthOptions): Promise<void> {
  const { bytes, filledInSeconds } = grown;
  const size = { ...of, bytes, bytesPerUser: bytes / of.users, filledInSeconds, scannedTables: [] };
  tell(`  ${Math.round(size.bytesPerUser)} bytes a user, filled in ${Math.round(filledInSeconds)} s`);
  await keep({ size });
  const store = await grown.opener.open();
  try {
    for (const verb of hotVerbs) {
      const figure = { ...of, verb: verb.name, ...await measure(store, { verb, users: of.users, seconds }) };
      tell(`  ${verb.name}: ${Math.round(figure.perSecond)} a second, p50 ${figure.p50} µs, p99 ${figure.p99} µs`);
      await keep({ figure });
    }
  } finally {
    await store.close();
  }
  await keep({ size: { ...size, scannedTables: await grown.findScannedTables() } });
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
