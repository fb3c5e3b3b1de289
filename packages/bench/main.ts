/**
 * `pnpm bench`: measures Portico beside its peers in one run, and writes `docs/performance.md` with its chart.
 *
 *   pnpm bench
 *   pnpm bench --only refresh,session --rounds 3 --seconds 1 --connections 16
 *   pnpm bench --report        the report alone, from what was measured before
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../scripts/check/start-postgres.ts';
import { checkCopiedCodes } from './contenders/check-copied-codes.ts';
import { writeReport } from './report/write-report.ts';
import { keepResults } from './run/keep-results.ts';
import { measureStart } from './run/measure-start.ts';
import { runScenarios } from './run/run-scenarios.ts';
import { beginSitting } from './run/sitting.ts';
import { scenarios } from './scenarios.ts';
import { createMemoryStore } from './servers/oidc-provider/memory-store.ts';
import { openSqliteStore } from './servers/oidc-provider/sqlite-store.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '1' },
    connections: { type: 'string', default: '1,16,64' },
    report: { type: 'boolean', default: false },
  },
});
const only = values.only?.split(',');
const isChosen = (name: string): boolean => only === undefined || only.includes(name);
const unknown = only?.find((name) => name !== 'start' && !scenarios.some((scenario) => scenario.name === name));
if (unknown !== undefined) throw new Error(`There is no scenario "${unknown}": start, ${scenarios.map(({ name }) => name).join(', ')}.`);

if (!values.report) await measureAll();
await writeReport(root);

async function measureAll(): Promise<void> {
  execFileSync('npx', ['-y', 'pnpm@12.4.2', 'run', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const folder = await mkdtemp(join(tmpdir(), 'portico-bench-'));
  // As a server comes: every commit waits for the disk.
  const postgres = await startPostgres([]);
  try {
    await checkCopiedCodes(openSqliteStore(join(folder, 'copied-codes.db')));
    await checkCopiedCodes(await createMemoryStore());
    const sitting = await beginSitting({ rounds: Number(values.rounds), seconds: Number(values.seconds) });
    const place = { folder, postgres: postgres.url };
    if (isChosen('start')) await keepResults(sitting, { starts: await measureStart(sitting, place) });
    await runScenarios(scenarios.filter(({ name }) => isChosen(name)), {
      ...place,
      sitting: sitting.date,
      rounds: sitting.rounds,
      seconds: sitting.seconds,
      connections: values.connections.split(',').map(Number),
      tell,
      keep: (measured) => keepResults(sitting, { measured }),
    });
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
