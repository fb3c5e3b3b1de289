/**
 * The first screen of each login on a slow phone, as a table and in `results/first-screen.json`.
 *
 *   pnpm --filter @portico/bench first-screen
 *   pnpm --filter @portico/bench first-screen --rounds 9 --screenshots /tmp --profile adjusted
 *   pnpm --filter @portico/bench first-screen --only portico --only firebaseui --waterfalls
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { measureFirstScreen, type FirstScreenResult, type VisitResult } from './measure-first-screen.ts';
import { slow4g, slow4gAdjusted } from './profile.ts';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    rounds: { type: 'string', default: '5' },
    profile: { type: 'string', default: 'plain' },
    only: { type: 'string', multiple: true },
    screenshots: { type: 'string' },
    waterfalls: { type: 'boolean', default: false },
  },
});

const result = await measureFirstScreen({
  rounds: Number(values.rounds),
  profile: values.profile === 'adjusted' ? slow4gAdjusted : slow4g,
  ...(values.only === undefined ? {} : { only: values.only }),
  ...(values.screenshots === undefined ? {} : { screenshots: values.screenshots }),
});
print(result);

const folder = new URL('../results/', import.meta.url);
await mkdir(folder, { recursive: true });
if (values.only === undefined) await writeFile(new URL(values.profile === 'adjusted' ? 'first-screen-adjusted.json' : 'first-screen.json', folder), `${JSON.stringify(result, undefined, 2)}\n`);

function print({ browser, profile, rounds, widgets }: FirstScreenResult): void {
  console.log(`${browser}, ${profile.name}, ${profile.cpuSlowdown}× slower processor, ${rounds} rounds\n`);
  for (const kind of ['cold', 'warm'] as const) {
    console.log(`${kind.padEnd(22)}${['usable, ms', 'least–most', 'KB then', 'requests', 'KB in all', 'requests'].map((title) => title.padStart(13)).join('')}`);
    for (const { name, [kind]: visit } of widgets) console.log(`${name.padEnd(22)}${cellsOf(visit).map((cell) => cell.padStart(13)).join('')}`);
    console.log('');
  }
  if (!values.waterfalls) return;
  for (const { name, ...visits } of widgets) {
    for (const kind of ['cold', 'warm'] as const) console.log(`${name}, ${kind}\n${waterfallOf(visits[kind])}\n`);
  }
}

function cellsOf({ usableMs, bytesUntilUsable, requestsUntilUsable, bytes, requests }: VisitResult): readonly string[] {
  const kilobytes = ({ median }: { readonly median: number }): string => (median / 1000).toFixed(1);
  return [String(usableMs.median), `${usableMs.min}–${usableMs.max}`, kilobytes(bytesUntilUsable), String(requestsUntilUsable.median), kilobytes(bytes), String(requests.median)];
}

function waterfallOf({ waterfall }: VisitResult): string {
  return waterfall
    .map(({ from, to, bytes, isFromCache, method, url }) => `${from.toFixed(0).padStart(6)} ${(to?.toFixed(0) ?? '').padStart(6)} ${(isFromCache ? 'cache' : String(bytes)).padStart(7)}  ${method} ${url}`)
    .join('\n');
}
