import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** A built file and what it loads at once. */
const importsOf = (source: string): readonly string[] =>
  [...source.matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g)].map((match) => match[1] ?? '');

/** Bytes after minification and gzip: of what the first screen loads, and of everything with English. */
export function measureBrowser(folder: URL): { readonly first: number; readonly all: number } {
  const sizeOf = (name: string): number => gzipSync(readFileSync(new URL(name, folder)), { level: 9 }).length;
  const reached = new Set<string>();
  const visit = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const next of importsOf(readFileSync(new URL(name, folder), 'utf8'))) visit(next);
  };
  visit('login.js');
  const isOther = (name: string): boolean => /^login-(de|es|fr|ja|ar|demo-[a-z]+)-/.test(name);
  const names = readdirSync(folder).filter((name) => name.endsWith('.js') && !isOther(name));
  const sum = (of: Iterable<string>): number => [...of].reduce((total, name) => total + sizeOf(name), 0);
  return { first: sum(reached), all: sum(names) };
}
