/**
 * How cost grows with the number of users, as a table and in `results/growth.json`, of which a run replaces what it
 * measures anew. Ten million users take some 30 GB below the folder for temporary files while they are measured, and
 * minutes to be made.
 *
 *   pnpm --filter @portico/bench growth
 *   pnpm --filter @portico/bench growth --users 1000,100000 --engine sqlite --seconds 1
 */
import { parseArgs } from 'node:util';
import type { EngineName } from './grown-store.ts';
import { keepGrowth } from './keep-growth.ts';
import { measureGrowth, type Growth } from './measure-growth.ts';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    users: { type: 'string', default: '1000,100000,10000000' },
    engine: { type: 'string', default: 'sqlite,postgres' },
    seconds: { type: 'string', default: '5' },
  },
});

const growth = await measureGrowth({
  users: values.users.split(',').map(parseUsers),
  engines: values.engine.split(',').map(parseEngine),
  seconds: Number(values.seconds),
  tell: (line) => console.log(line),
});
print(growth);
await keepGrowth(growth);

function parseUsers(text: string): number {
  const users = Number(text);
  if (!Number.isInteger(users) || users < 1000) throw new Error(`"${text}" is no number of users of 1000 or more.`);
  return users;
}

function parseEngine(text: string): EngineName {
  if (text !== 'sqlite' && text !== 'postgres') throw new Error(`"${text}" is no engine: sqlite, postgres.`);
  return text;
}

function print({ figures, sizes }: Growth): void {
  console.log(`\n${['engine', 'users'].map((title) => title.padEnd(10)).join('')}${'verb'.padEnd(40)}${['a second', 'p50, µs', 'p99, µs'].map((title) => title.padStart(12)).join('')}`);
  for (const { engine, users, verb, perSecond, p50, p99 } of figures) {
    console.log(`${engine.padEnd(10)}${String(users).padEnd(10)}${verb.padEnd(40)}${[Math.round(perSecond), p50, p99].map((figure) => String(figure).padStart(12)).join('')}`);
  }
  console.log('');
  for (const { engine, users, bytesPerUser, filledInSeconds, scannedTables } of sizes) {
    const scanned = scannedTables.length === 0 ? '' : `, read whole: ${scannedTables.join(', ')}`;
    console.log(`${engine}, ${users} users: ${Math.round(bytesPerUser)} bytes a user, filled in ${Math.round(filledInSeconds)} s${scanned}`);
  }
}
