/** `docs/performance.md` and its chart, from what was measured. The page is made; what is written by hand is `remarks.md`. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chartConnections, drawChart } from './chart.ts';
import { connectionsOf } from './figures.ts';
import { readResults, type Results, type ServerResults } from './results.ts';
import { writeContenders, writeScenarios, writeStarts } from './server-sections.ts';
import { writeFirstScreen, writeGrowth, writeRounds } from './store-sections.ts';
import { writeFirstScreenTargets, writeServerTargets } from './targets.ts';

/** `root` is the folder of the repository, as an absolute path with a slash at its end. */
export async function writeReport(root: string): Promise<void> {
  const results = await readResults();
  const remarks = await readFile(new URL('remarks.md', import.meta.url), 'utf8');
  const page = writePage(results, { remarks: remarks.trim(), versions: await readVersions(root) });
  await writeFile(join(root, 'docs/performance.md'), page);
  await writeFile(join(root, 'docs/performance.svg'), drawChart(results.servers?.measured ?? []));
}

interface Texts {
  readonly remarks: string;
  readonly versions: string;
}

function writePage({ servers, growth, firstScreen }: Results, { remarks, versions }: Texts): string {
  const measured = servers?.measured ?? [];
  const missing = (what: string, command: string): string => `${what} not measured yet: \`${command}\` does.`;
  const serverTargets = measured.length === 0 ? missing('The servers are', 'pnpm bench') : writeServerTargets(measured, connectionsOf(measured));
  const screenCommand = 'pnpm --filter @portico/bench first-screen';
  const screenTargets = firstScreen === undefined ? missing('The first screen is', screenCommand) : writeFirstScreenTargets(firstScreen);
  return `${[
    '# Performance',
    'Portico measured side by side with its peers, on one machine. This page is made by `packages/bench`: change nothing here by hand.',
    '## To repeat it', repeat,
    '## What was measured, and how', writeMachine(servers), `Versions: ${versions}.`, method, writeContenders(),
    '## In one picture', `![How many times as many operations Portico does as the best peer that keeps its data, at ${chartConnections} connections](performance.svg)`,
    '## Targets', 'Each figure is how many times as good as the other Portico is, of the medians.', serverTargets, screenTargets,
    '## What remains, and why', remarks,
    '## Each scenario', scenarioNote, writeScenarios(measured),
    '## Start', 'From the start of the process until it listens, with a data file that is already there.', writeStarts(servers?.starts ?? []),
    '## Growth', growth === undefined ? missing('Growth is', 'pnpm --filter @portico/bench growth') : `${growthNote}\n\n${writeGrowth(growth)}`,
    '## The first screen', firstScreen === undefined ? missing('It is', screenCommand) : writeFirstScreen(firstScreen),
  ].join('\n\n')}\n`;
}

const repeat = `\`\`\`sh
npx -y pnpm@12.4.2 bench                                         # pnpm bench: the servers, then this page
npx -y pnpm@12.4.2 bench --only refresh,session --connections 16 # a part of it; --only start for the start alone
npx -y pnpm@12.4.2 --filter @portico/bench growth                # stores of a thousand to ten million users
npx -y pnpm@12.4.2 --filter @portico/bench first-screen          # the first screen in a browser
npx -y pnpm@12.4.2 bench --report                                # this page alone, from what was measured before
\`\`\``;

const method = `The load comes from a process of its own over loopback, in a closed loop: each connection asks again when it has its answer, and every answer is checked. Each server is a process of its own, as in production. The contenders of a scenario run in turn (A B C A B C), so that a noisy minute falls on all; a figure is the median of the rounds, the span is the least and the most. Every store on SQLite writes with \`synchronous=FULL\`, PostgreSQL with \`fsync\`, so that what is answered is on the disk. Load and server share the machine: where a server does almost nothing, the load may be the limit, and the server’s processor time says more than requests a second.`;

const scenarioNote = 'An operation is everything that the title names: a sign-in is several requests. “Portico is” says how many times as many operations a second Portico (on SQLite, or `guard()`) does as the one in the row.';

const growthNote = 'The verbs of the store, one call at a time, each for another user: p50 / p99 in microseconds.';

function writeMachine(servers: ServerResults | undefined): string {
  if (servers === undefined) return 'The servers are not measured yet: `pnpm bench` does.';
  const { date, machine, seconds, measured } = servers;
  const rounds = measured.filter(({ failure }) => failure === undefined).map(({ runs }) => runs.length);
  return `${date.slice(0, 10)}, ${machine.processor}, ${machine.cores} cores, ${machine.gigabytes} GB, Node ${machine.node}, ${machine.system}; ${writeRounds(...rounds)}, ${seconds} s each.`;
}

interface Manifest {
  readonly version?: string;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const ours = ['koa', 'guard', 'client', 'login'];
const peers = ['oidc-provider', 'better-auth', '@better-auth/oauth-provider', '@better-auth/passkey', 'better-sqlite3', 'pg', 'koa', '@koa/router', 'jose'];

async function readVersions(root: string): Promise<string> {
  const read = async (name: string): Promise<Manifest> => JSON.parse(await readFile(join(root, 'packages', name, 'package.json'), 'utf8')) as Manifest;
  const own = await Promise.all(ours.map(async (name) => `@portico/${name} ${(await read(name)).version ?? 'unpublished'}`));
  const { devDependencies = {} } = await read('bench');
  return [...own, ...peers.map((name) => `${name} ${devDependencies[name] ?? 'unknown'}`)].join(', ');
}
