/** The targets of issue 4, judged by what was measured. Medians decide. */
import type { FirstScreenResult, WidgetResult } from '../first-screen/measure-first-screen.ts';
import type { ServerResults } from '../run/keep-results.ts';
import type { ContenderName } from '../scenario.ts';
import { scenarios } from '../scenarios.ts';
import { descriptions, nameOfScreen } from './contenders.ts';
import { connectionsOf, doOverlap, figureOf, findMeasured, ratioOf, type FigureName } from './figures.ts';
import { writeAge } from './provenance.ts';
import { writeConnections, writeNumber, writeRatio, writeTable } from './table.ts';

/** Ours against somebody else's, at least `least` times as good. */
interface Target {
  readonly title: string;
  readonly scenario: string;
  readonly ours: ContenderName;
  readonly other: ContenderName;
  /** @default 'ahead': more than once */
  readonly least?: number;
  /** Of processor time less is better. @default 'perSecond' */
  readonly figure?: Extract<FigureName, 'perSecond' | 'cpuMicrosecondsEach'>;
}

const fixedTargets: readonly Target[] = [
  { title: 'Code exchange, at least 3 × oidc-provider on SQLite', scenario: 'exchange-code', ours: 'portico', other: 'oidc-provider', least: 3 },
  { title: 'Code exchange, at least 60 % of its floor', scenario: 'exchange-code', ours: 'portico', other: 'floor-exchange', least: 0.6 },
  { title: '`guard()` on a seen token, at least 90 % of the bare route', scenario: 'guard-seen', ours: 'guard', other: 'bare-route', least: 0.9 },
  {
    title: 'The same by the server’s processor time for a request', scenario: 'guard-seen', ours: 'guard', other: 'bare-route', least: 0.9,
    figure: 'cpuMicrosecondsEach',
  },
  { title: '`guard()` on a seen token, at least 90 % of the bare route sent the same request', scenario: 'guard-seen', ours: 'guard', other: 'bare-route-with-token', least: 0.9 },
  {
    title: 'The same by the server’s processor time for a request', scenario: 'guard-seen', ours: 'guard', other: 'bare-route-with-token', least: 0.9,
    figure: 'cpuMicrosecondsEach',
  },
];

/** Where every peer must be behind. */
const races = ['session', 'cached-session', 'refresh', 'email-code', 'passkey', 'password'];

export function writeServerTargets(results: ServerResults): string {
  const connections = connectionsOf(results.measured);
  const targets = [...fixedTargets, ...scenarios.filter(({ name }) => races.includes(name)).flatMap(({ name, title, contenders }) => racesOf(name, { title, contenders }))];
  const rows = targets.map((target) => [target.title, ...connections.map((count) => judge(results, target, count))]);
  return writeTable({ heads: ['target', ...connections.map(writeConnections)], rows });
}

/** Portico against each peer, cold and warm. */
export function writeFirstScreenTargets({ widgets }: FirstScreenResult): string {
  const ours = widgets.find(({ name }) => name === 'portico');
  const peers = widgets.filter(({ name }) => !name.startsWith('portico'));
  const rows = peers.map((peer) => [`First screen ready before ${nameOfScreen(peer.name)}’s`, judgeVisit(ours, { peer, kind: 'cold' }), judgeVisit(ours, { peer, kind: 'warm' })]);
  return writeTable({ heads: ['target', 'cold', 'warm'], rows });
}

function racesOf(scenario: string, { title, contenders }: { readonly title: string; readonly contenders: object }): readonly Target[] {
  const peers = (Object.keys(contenders) as ContenderName[]).filter((name) => descriptions[name].kind === 'peer');
  return peers.map((other) => ({ title: `${title}, ahead of ${descriptions[other].title}`, scenario, ours: 'portico', other }));
}

function judge(results: ServerResults, target: Target, connections: number): string {
  const { measured } = results;
  const { scenario, least, figure = 'perSecond' } = target;
  const entries = [target.ours, target.other].map((contender) => findMeasured(measured, { scenario, contender, connections }));
  const failed = entries.find((entry) => entry?.failure !== undefined);
  if (failed !== undefined) return `undecided: ${descriptions[failed.contender].title} failed`;
  const [ours, other] = entries.map((entry) => figureOf(entry, figure));
  const ratio = figure === 'perSecond' ? ratioOf(ours, other) : ratioOf(other, ours);
  if (ours === undefined || other === undefined || ratio === undefined) return 'not measured';
  const isMet = least === undefined ? ratio > 1 : ratio >= least;
  const doubt = least === undefined && doOverlap(ours, other) ? ', spans overlap' : '';
  return `${writeRatio(ratio)}, ${verdict(isMet)}${doubt}${writeAge(entries[0], results)}`;
}

function judgeVisit(ours: WidgetResult | undefined, { peer, kind }: { readonly peer: WidgetResult; readonly kind: 'cold' | 'warm' }): string {
  if (ours === undefined) return 'not measured';
  const [mine, theirs] = [ours[kind].usableMs, peer[kind].usableMs];
  const doubt = doOverlap(mine, theirs) ? ', spans overlap' : '';
  return `${writeNumber(mine.median)} against ${writeNumber(theirs.median)} ms, ${verdict(mine.median < theirs.median)}${doubt}`;
}

function verdict(isMet: boolean): string {
  return isMet ? 'met' : '**missed**';
}
