/** What of the page comes from `results/servers.json`: a table of each scenario, and the start. */
import { spreadOf } from '../first-screen/spread.ts';
import type { ServerResults } from '../run/keep-results.ts';
import type { Measured } from '../run/run-scenarios.ts';
import type { ContenderName } from '../scenario.ts';
import { scenarios } from '../scenarios.ts';
import { descriptions } from './contenders.ts';
import { connectionsOf, figureOf, findMeasured, ratioOf } from './figures.ts';
import { writeOlder } from './provenance.ts';
import { noFigure, writeConnections, writeNumber, writeRatio, writeSpread, writeTable } from './table.ts';

const megabyte = 1_000_000;

export function writeScenarios(results: ServerResults): string {
  return scenarios.map(({ name, title, contenders }) => {
    const [ours = 'portico'] = Object.keys(contenders) as ContenderName[];
    const measured = results.measured.filter(({ scenario }) => scenario === name);
    const byConnections = connectionsOf(measured).flatMap((count) =>
      writeOlder(measured.filter(({ connections }) => connections === count), results, `Those at ${writeConnections(count)}`));
    return [`### ${title}`, writeScenario(measured, ours), ...byConnections].join('\n\n');
  }).join('\n\n');
}

export function writeContenders(): string {
  return Object.values(descriptions).map(({ title, setUp }) => `- **${title}**: ${setUp}`).join('\n');
}

export function writeStarts(results: ServerResults): string {
  const { starts } = results;
  if (starts.length === 0) return 'Not measured yet: `pnpm bench --only start` does.';
  const rows = starts.map(({ contender, milliseconds, residentBytes }) => [
    descriptions[contender].title,
    milliseconds.length === 0 ? noFigure : writeSpread(spreadOf(milliseconds)),
    residentBytes.length === 0 ? noFigure : writeSpread(spreadOf(residentBytes.map((bytes) => bytes / megabyte))),
  ]);
  return [writeTable({ heads: ['who', 'until it listens, ms (span)', 'resident then, MB (span)'], rows }), ...writeOlder(starts, results)].join('\n\n');
}

function writeScenario(measured: readonly Measured[], ours: ContenderName): string {
  if (measured.length === 0) return 'Not measured yet: `pnpm bench` does.';
  const heads = ['who', 'connections', 'a second (span)', 'p50, ms', 'p99, ms', 'server CPU, µs each', 'resident, MB', 'Portico is'];
  const order = [...new Set(measured.map(({ contender }) => contender))];
  const sorted = measured.toSorted((a, b) => a.connections - b.connections || order.indexOf(a.contender) - order.indexOf(b.contender));
  const table = writeTable({ heads, rows: sorted.map((entry) => rowOf(entry, findMeasured(measured, { ...entry, contender: ours }))) });
  const failures = measured.flatMap(({ contender, connections, runs, failure }) =>
    failure === undefined ? [] : [`- ${descriptions[contender].title}, ${connections} connections: failed after ${runs.length} rounds with \`${oneLine(failure)}\``]);
  return failures.length === 0 ? table : `${table}\n\n${failures.join('\n')}`;
}

function rowOf(entry: Measured, ours: Measured | undefined): readonly string[] {
  const perSecond = figureOf(entry, 'perSecond');
  const median = (name: 'p50' | 'p99' | 'cpuMicrosecondsEach' | 'residentBytes', unit: number): string => {
    const figure = figureOf(entry, name);
    return figure === undefined ? noFigure : writeNumber(figure.median / unit);
  };
  const speed = perSecond === undefined ? 'failed' : writeSpread(perSecond);
  const ratio = entry.contender === ours?.contender ? '' : writeRatio(ratioOf(figureOf(ours, 'perSecond'), perSecond));
  return [
    descriptions[entry.contender].title, String(entry.connections), speed,
    median('p50', 1000), median('p99', 1000), median('cpuMicrosecondsEach', 1), median('residentBytes', megabyte), ratio,
  ];
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('`', '’');
}
