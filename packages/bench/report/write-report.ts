/** `docs/performance.md` and its chart, from what was measured. The page is made; what is written by hand is `remarks.md`. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chartConnections, drawChart } from './chart.ts';
import type { ServerResults } from '../run/keep-results.ts';
import { newestOf, writeOlder, writeSitting, writeVersions } from './provenance.ts';
import { readResults, type Results } from './results.ts';
import { writeContenders, writeScenarios, writeStarts } from './server-sections.ts';
import { writeFirstScreen, writeGrowth } from './store-sections.ts';
import { writeFirstScreenTargets, writeServerTargets } from './targets.ts';

/** `root` is the folder of the repository, as an absolute path with a slash at its end. */
export async function writeReport(root: string): Promise<void> {
  const results = await readResults();
  const remarks = await readFile(new URL('remarks.md', import.meta.url), 'utf8');
  const page = writePage(results, remarks.trim());
  await writeFile(join(root, 'docs/performance.md'), page);
  await writeFile(join(root, 'docs/performance.svg'), drawChart(results.servers ?? nothing));
}

const nothing: ServerResults = { sittings: [], starts: [], measured: [] };

/** `remarks` are Markdown. */
export function writePage({ servers = nothing, growth, firstScreen }: Results, remarks: string): string {
  const missing = (what: string, command: string): string => `${what} not measured yet: \`${command}\` does.`;
  const serverTargets = servers.measured.length === 0 ? missing('The servers are', 'pnpm bench') : writeServerTargets(servers);
  const screenCommand = 'pnpm --filter @portico/bench first-screen';
  const screenTargets = firstScreen === undefined ? missing('The first screen is', screenCommand) : writeFirstScreenTargets(firstScreen);
  return `${[
    '# Performance',
    'Portico measured side by side with its peers, on one machine. This page is made by `packages/bench`: change nothing here by hand.',
    '## To repeat it', repeat,
    '## What was measured, and how', ...writeOrigin(servers), method, writeContenders(),
    '## In one picture', `![How many times as many operations Portico does as the best peer that keeps its data, at ${chartConnections} connections](performance.svg)`,
    '## Targets', 'Each figure is how many times as good as the other Portico is, of the medians.', serverTargets, screenTargets,
    '## What remains, and why', remarks,
    '## Each scenario', scenarioNote, writeScenarios(servers),
    '## Start', 'From the start of the process until it listens, with a data file that is already there.', writeStarts(servers),
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

function writeOrigin(servers: ServerResults): readonly string[] {
  const newest = newestOf(servers);
  if (newest === undefined) return ['The servers are not measured yet: `pnpm bench` does.'];
  const older = writeOlder([...servers.measured, ...servers.starts], servers, 'Figures that are marked so');
  return [`${writeSitting(newest)}.`, `Versions: ${writeVersions(newest)}.`, ...older];
}
