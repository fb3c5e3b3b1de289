/**
 * The chart: of each scenario how many times as many operations Portico does as the best peer. A scale of doublings, so that twice
 * as fast is as long as half as fast.
 */
import type { ServerResults } from '../run/keep-results.ts';
import type { Measured } from '../run/run-scenarios.ts';
import type { ContenderName, Scenario } from '../scenario.ts';
import { scenarios } from '../scenarios.ts';
import { descriptions } from './contenders.ts';
import { figureOf, findMeasured, ratioOf } from './figures.ts';
import { writeAge } from './provenance.ts';

export const chartConnections = 16;

interface Bar {
  readonly title: string;
  readonly against: string;
  /** None where a side has no figure. */
  readonly ratio: number | undefined;
}

const width = 760;
const left = 290;
const right = width - 70;
const top = 84;
const rowHeight = 38;

export function drawChart(results: ServerResults): string {
  const bars = scenarios.filter(({ contenders }) => peersIn(contenders).length > 0).map((scenario) => barOf(results, scenario));
  const height = top + bars.length * rowHeight + 34;
  const ratios = bars.flatMap(({ ratio }) => ratio ?? []);
  const ticks = ticksFor(ratios);
  const place = scaleOf(ticks);
  const title = `Portico beside the best peer, operations a second at ${chartConnections} connections`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title about">`,
    `<title id="title">${title}</title>`,
    `<desc id="about">${escape(bars.map(describe).join(' '))}</desc>`,
    style,
    `<rect class="ground" width="${width}" height="${height}" rx="8"/>`,
    `<text class="title" x="20" y="32">${title}</text>`,
    `<text class="small" x="20" y="52">Right of the line Portico does more; each grid line is a doubling. Same machine, same durability.</text>`,
    ...ticks.map((tick) => drawTick(tick, { x: place(tick), bottom: height - 30 })),
    ...bars.map((bar, index) => drawBar(bar, { y: top + index * rowHeight, place })),
    '</svg>',
    '',
  ].join('\n');
}

function peersIn(contenders: Scenario['contenders']): readonly ContenderName[] {
  // Memory forgets everything with the process: its figures are in the table, and no durable store can be measured by them.
  return (Object.keys(contenders) as ContenderName[]).filter((name) => descriptions[name].kind === 'peer' && name !== 'oidc-provider-memory');
}

function barOf(results: ServerResults, { name, title, contenders }: Scenario): Bar {
  const find = (contender: ContenderName): Measured | undefined => findMeasured(results.measured, { scenario: name, contender, connections: chartConnections });
  const hasFailed = (contender: ContenderName): boolean => find(contender)?.failure !== undefined;
  const figure = (contender: ContenderName): ReturnType<typeof figureOf> => (hasFailed(contender) ? undefined : figureOf(find(contender), 'perSecond'));
  const [ours = 'portico'] = Object.keys(contenders) as ContenderName[];
  const byFigure = peersIn(contenders).toSorted((a, b) => (figure(b)?.median ?? 0) - (figure(a)?.median ?? 0));
  const [best = 'better-auth'] = byFigure;
  const failures = [ours, ...peersIn(contenders)].filter(hasFailed).map((contender) => `; ${descriptions[contender].title} failed`);
  return { title: title.replaceAll('`', ''), against: `${descriptions[best].title}${failures.join('')}${writeAge(find(ours), results)}`.replaceAll('`', ''), ratio: ratioOf(figure(ours), figure(best)) };
}

function describe({ title, against, ratio }: Bar): string {
  return ratio === undefined ? `${title}: not measured.` : `${title}: ${ratio.toFixed(2)} times ${against}.`;
}

/** Powers of two around every ratio, and around one. */
function ticksFor(ratios: readonly number[]): readonly number[] {
  const doublings = ratios.filter((ratio) => ratio > 0).map((ratio) => Math.log2(ratio));
  const least = Math.floor(Math.min(-1, ...doublings));
  const most = Math.ceil(Math.max(1, ...doublings));
  return Array.from({ length: most - least + 1 }, (_, step) => 2 ** (least + step));
}

function scaleOf(ticks: readonly number[]): (ratio: number) => number {
  const least = Math.log2(ticks.at(0) ?? 0.5);
  const most = Math.log2(ticks.at(-1) ?? 2);
  return (ratio) => Math.round(left + ((Math.log2(ratio) - least) / (most - least)) * (right - left));
}

function drawTick(tick: number, { x, bottom }: { readonly x: number; readonly bottom: number }): string {
  const label = tick >= 1 ? `${tick} ×` : `1/${1 / tick} ×`;
  return `<line class="${tick === 1 ? 'one' : 'grid'}" x1="${x}" y1="${top - 8}" x2="${x}" y2="${bottom}"/><text class="small" x="${x}" y="${bottom + 16}" text-anchor="middle">${label}</text>`;
}

function drawBar({ title, against, ratio }: Bar, { y, place }: { readonly y: number; readonly place: (ratio: number) => number }): string {
  const labels = `<text x="20" y="${y + 12}">${escape(title)}</text><text class="small" x="20" y="${y + 26}">beside ${escape(against)}</text>`;
  const one = place(1);
  if (ratio === undefined || ratio <= 0) return `${labels}<text class="small" x="${one + 8}" y="${y + 18}">not measured</text>`;
  const end = place(ratio);
  const isAhead = ratio >= 1;
  const bar = `<rect class="${isAhead ? 'ahead' : 'behind'}" x="${Math.min(one, end)}" y="${y + 3}" width="${Math.max(1, Math.abs(end - one))}" height="22" rx="2"/>`;
  const value = `<text class="value" x="${isAhead ? end + 7 : end - 7}" y="${y + 19}" text-anchor="${isAhead ? 'start' : 'end'}">${ratio.toFixed(2)} ×</text>`;
  return labels + bar + value;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

const style = `<style>
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-size: 16px; font-weight: 600; }
  .small { font-size: 11px; fill: #59636e; }
  .value { font-weight: 600; }
  .ground { fill: #ffffff; }
  .grid { stroke: #d8dee4; }
  .one { stroke: #1f2328; stroke-width: 1.5; }
  .ahead { fill: #1f6feb; }
  .behind { fill: #c2570c; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .small { fill: #9da7b3; }
    .ground { fill: #0d1117; }
    .grid { stroke: #30363d; }
    .one { stroke: #e6edf3; }
    .ahead { fill: #4f94f8; }
    .behind { fill: #ec8a4a; }
  }
</style>`;
