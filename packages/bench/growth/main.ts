/**
 * How cost grows with the number of users, in `results/growth.json` and `docs/performance.md`. A run replaces what it
 * measures anew, row by row.
 *
 *   pnpm --filter @portico/bench growth
 *   pnpm --filter @portico/bench growth --users 1000,100000 --engine sqlite --seconds 1
 *
 * Ten million users need 30 GB below the folder for temporary files (`TMPDIR`), and some twenty minutes for each engine.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeReport } from '../report/write-report.ts';
import { beginSitting } from '../run/sitting.ts';
import type { EngineName } from './grown-store.ts';
import { keepGrowth } from './keep-growth.ts';
import { measureGrowth } from './measure-growth.ts';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    users: { type: 'string', default: '1000,100000,10000000' },
    engine: { type: 'string', default: 'sqlite,postgres' },
    seconds: { type: 'string', default: '5' },
  },
});

const seconds = Number(values.seconds);
const sitting = await beginSitting({ rounds: 1, seconds });
await measureGrowth({
  users: values.users.split(',').map(parseUsers),
  engines: values.engine.split(',').map(parseEngine),
  seconds,
  tell: (line) => console.log(line),
  keep: (row) => keepGrowth(sitting, row),
});
await writeReport(fileURLToPath(new URL('../../../', import.meta.url)));

function parseUsers(text: string): number {
  const users = Number(text);
  if (!Number.isInteger(users) || users < 1000) throw new Error(`"${text}" is no number of users of 1000 or more.`);
  return users;
}

function parseEngine(text: string): EngineName {
  if (text !== 'sqlite' && text !== 'postgres') throw new Error(`"${text}" is no engine: sqlite, postgres.`);
  return text;
}
