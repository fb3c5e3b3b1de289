/**
 * `pnpm bench`: measures Portico beside its peers in one run, and writes `docs/performance.md` with its chart.
 *
 *   pnpm bench
 *   pnpm bench --only refresh,session --rounds 3 --seconds 1 --connections 16
 *   pnpm bench --report        the report alone, from what was measured before
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../scripts/check/start-postgres.ts';
import { writeReport } from './report/write-report.ts';
import { measureStart } from './run/measure-start.ts';
import { runScenarios } from './run/run-scenarios.ts';
import { scenarios } from './scenarios.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const resultFile = new URL('results/servers.json', import.meta.url);
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    connections: { type: 'string', default: '1,16,64' },
    report: { type: 'boolean', default: false },
  },
});

if (!values.report) await measureAll();
await writeReport(root);

async function measureAll(): Promise<void> {
  execFileSync('npx', ['-y', 'pnpm@12.4.2', 'run', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const folder = await mkdtemp(join(tmpdir(), 'portico-bench-'));
  // As a server comes: every commit waits for the disk.
  const postgres = await startPostgres([]);
  try {
    const rounds = Number(values.rounds);
    const only = values.only?.split(',');
    const chosen = scenarios.filter(({ name }) => only === undefined || only.includes(name));
    const place = { folder, postgres: postgres.url };
    const starts = only === undefined || only.includes('start') ? await measureStart(rounds, place) : await known('starts');
    const connections = values.connections.split(',').map(Number);
    const measured = await runScenarios(chosen, { ...place, connections, rounds, seconds: Number(values.seconds), tell });
    const isNew = (entry: { readonly scenario: string }): boolean => chosen.some(({ name }) => name === entry.scenario);
    const kept = (await known<{ readonly scenario: string }>('measured')).filter((entry) => !isNew(entry));
    const machine = { processor: cpus()[0]?.model ?? '', cores: cpus().length, gigabytes: Math.round(totalmem() / 2 ** 30), node: process.version, system: process.platform };
    const result = { date: new Date().toISOString(), machine, rounds, seconds: Number(values.seconds), starts, measured: [...kept, ...measured] };
    await writeFile(resultFile, `${JSON.stringify(result, undefined, 1)}\n`);
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What an earlier run measured, where this one measures a part. */
async function known<Entry>(part: 'starts' | 'measured'): Promise<readonly Entry[]> {
  const text = await readFile(resultFile, 'utf8').catch(() => '{}');
  return (JSON.parse(text) as Record<string, readonly Entry[]>)[part] ?? [];
}
