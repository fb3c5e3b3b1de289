import { posix } from 'node:path';
import { parseSource } from './parsed-source.ts';
import { readSource } from './source-files.ts';

export interface Arrow {
  readonly file: string;
  /** Path of the file from the root, or the bare name of a package. */
  readonly target: string;
}

/** What a file imports: its neighbours as paths from the root, packages by name. */
export function arrowsOf(file: string): readonly Arrow[] {
  return parseSource(file).imports.map((path) => ({
    file,
    target: path.startsWith('.') ? posix.join(posix.dirname(file), path) : path,
  }));
}

/** The table "The arrows" of ARCHITECTURE.md: folder or package → where it may import from. */
export function readArrowTable(): ReadonlyMap<string, readonly string[]> {
  const [, section = ''] = readSource('ARCHITECTURE.md').split('### The arrows');
  const [table = ''] = section.split('\n## ');
  const rows = [...table.matchAll(/^\| (`[^|]+?) \| ([^|]+) \|$/gm)];
  return new Map(rows.flatMap(([, froms = '', tos = '']) => namesIn(froms).map((from) => [from, allowedIn(tos)] as const)));
}

/** The folder of `packages/koa/src` that a path lies in, the package that it names, or undefined for the rest of the world. */
export function placeOf(target: string): string | undefined {
  const [, folder] = /^packages\/koa\/src\/([^/]+)\/./.exec(target) ?? [];
  const [, own] = /^@portico\/([^/]+)/.exec(target) ?? [];
  const [, other] = /^packages\/([^/]+)\//.exec(target) ?? [];
  const rootFile = other === 'koa' && folder === undefined ? posix.basename(target) : undefined;
  return folder ?? own ?? rootFile ?? other;
}

function namesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([a-z]+)`/g)].flatMap(([, name]) => name ?? []);
}

/** Words before the first dash or "never"; what follows explains. */
function allowedIn(cell: string): readonly string[] {
  const [list = ''] = cell.split(/ — |, never/);
  return list.split(',').map((name) => name.replaceAll('`', '').trim());
}
