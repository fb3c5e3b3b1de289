/**
 * Where figures come from. A page may hold figures of several sittings, when a part was measured again: the newest sitting
 * is the page's own, and whatever is older says so, with its date and in what its machine or versions were others.
 */
import type { ServerResults } from '../run/keep-results.ts';
import type { Sitting } from '../run/sitting.ts';

interface Dated {
  /** A date of a sitting. */
  readonly sitting: string;
}

/** The sitting that ended last; nothing is older than it. */
export function newestOf({ sittings }: Pick<ServerResults, 'sittings'>): Sitting | undefined {
  return sittings.toSorted((one, other) => one.date.localeCompare(other.date)).at(-1);
}

/** Day, machine, effort. */
export function writeSitting({ date, machine, rounds, seconds }: Sitting): string {
  const { processor, cores, gigabytes, node, system } = machine;
  const effort = rounds === 1 ? 'one round' : `medians of ${rounds} rounds`;
  return `${writeDay(date)}, ${processor}, ${cores} cores, ${gigabytes} GB, Node ${node}, ${system}; ${effort}, ${seconds} s each`;
}

export function writeVersions({ versions }: Sitting): string {
  return Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ');
}

/** Behind a figure or a verdict: empty if it is as new as anything on the page. */
export function writeAge(entry: Dated | undefined, results: Pick<ServerResults, 'sittings'>): string {
  const newest = newestOf(results);
  return entry === undefined || newest === undefined || entry.sitting === newest.date ? '' : `, older: ${writeDay(entry.sitting)}`;
}

/** A sentence for each older sitting that these figures come from; none if all are of the newest. */
export function writeOlder(entries: readonly Dated[], results: Pick<ServerResults, 'sittings'>, what = 'These figures'): readonly string[] {
  const newest = newestOf(results);
  const older = results.sittings.filter(({ date }) => date !== newest?.date && entries.some(({ sitting }) => sitting === date));
  return older.map((sitting) => `${what} are older: ${writeSitting(sitting)}${differences(sitting, newest)}.`);
}

function differences({ versions }: Sitting, newest: Sitting | undefined): string {
  const others = Object.entries(versions).filter(([name, version]) => newest !== undefined && newest.versions[name] !== version);
  return others.length === 0 ? '' : `; with ${others.map(([name, version]) => `${name} ${version}`).join(', ')}`;
}

function writeDay(date: string): string {
  return date.slice(0, 10);
}
