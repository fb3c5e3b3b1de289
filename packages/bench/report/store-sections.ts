/** What of the page comes from `results/growth.json` and `results/first-screen.json`. */
import type { FirstScreenResult, VisitResult } from '../first-screen/measure-first-screen.ts';
import type { Growth } from '../growth/keep-growth.ts';
import type { GrowthFigure } from '../growth/measure-growth.ts';
import { nameOfScreen } from './contenders.ts';
import { newestOf, writeOlder, writeSitting } from './provenance.ts';
import { noFigure, writeNumber, writeSpread, writeTable } from './table.ts';

/** Users in the store that the target names. */
const wanted = [1_000, 100_000, 10_000_000];

export function writeGrowth(growth: Growth): string {
  const { figures, sizes } = growth;
  const users = [...new Set([...wanted, ...sizes.map((size) => size.users)])].toSorted((a, b) => a - b);
  const heads = ['verb', ...users.map((count) => `${writeNumber(count)} users`)];
  const engines = [...new Set(sizes.map(({ engine }) => engine))];
  const newest = newestOf(growth);
  const sections = engines.map((engine) => {
    const ofEngine = figures.filter((figure) => figure.engine === engine);
    const verbs = [...new Set(ofEngine.map(({ verb }) => verb))];
    const rows = verbs.map((verb) => [verb, ...users.map((count) => writeLatency(ofEngine.find((figure) => figure.verb === verb && figure.users === count)))]);
    const bytes = users.map((count) => writeNumber(sizes.find((size) => size.engine === engine && size.users === count)?.bytesPerUser));
    const scanned = sizes.filter((size) => size.engine === engine && size.scannedTables.length > 0)
      .map((size) => `Read whole at ${writeNumber(size.users)} users: ${size.scannedTables.map((name) => `\`${name}\``).join(', ')}.`);
    const older = users.flatMap((count) => writeOlder(ofEngine.filter((figure) => figure.users === count), growth, `Those of ${writeNumber(count)} users`));
    return [`### ${engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'}`, writeTable({ heads, rows: [...rows, ['bytes a user', ...bytes]] }), ...scanned, ...older].join('\n\n');
  });
  return [...(newest === undefined ? [] : [`${writeSitting(newest)}.`]), ...sections].join('\n\n');
}

export function writeFirstScreen({ browser, date, profile, rounds, widgets }: FirstScreenResult): string {
  const heads = ['login', 'cold: usable, ms (span)', 'requests', 'KB', 'warm: usable, ms (span)', 'requests', 'KB'];
  const rows = widgets.map(({ name, cold, warm }) => [nameOfScreen(name), ...cellsOf(cold), ...cellsOf(warm)]);
  const versions = widgets.filter(({ name }) => name !== 'portico, no backend').map((widget) => `${nameOfScreen(widget.name)} is ${Object.entries(widget.versions).map(([name, version]) => `${name} ${version}`).join(' with ')}`);
  return [
    `${browser} on ${date}, ${profile.name} (${profile.latency} ms a request, ${writeNumber((profile.download * 8) / 1024 / 1024)} Mbit/s down), a processor ${profile.cpuSlowdown} times slower, ${writeRounds(rounds)}. Usable is when somebody can type; requests and KB over the wire are counted until then. Warm is a second visit in a new tab.`,
    writeTable({ heads, rows }),
    `${versions.join('; ')}.`,
  ].join('\n\n');
}

/** Parts that were measured again may have other rounds than the rest. */
export function writeRounds(...rounds: readonly number[]): string {
  const [least, most] = [Math.min(...rounds), Math.max(...rounds)];
  if (rounds.length === 0) return 'no round';
  if (least !== most) return `medians of ${least} to ${most} rounds`;
  return most === 1 ? 'one round' : `medians of ${most} rounds`;
}

function writeLatency(figure: GrowthFigure | undefined): string {
  return figure === undefined ? noFigure : `${writeNumber(figure.p50)} / ${writeNumber(figure.p99)}`;
}

function cellsOf({ usableMs, requestsUntilUsable, bytesUntilUsable }: VisitResult): readonly string[] {
  return [writeSpread(usableMs), writeNumber(requestsUntilUsable.median), writeNumber(bytesUntilUsable.median / 1000)];
}
