import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { repositoryRoot } from '../repository.ts';

const notOurs = new Set(['node_modules', 'dist', '.git', '.cache', 'coverage']);

/** Every file that people wrote, as a path from the root of the repository with forward slashes. */
export const allFiles: readonly string[] = walk(repositoryRoot).toSorted();

/** TypeScript below `packages`, `examples` and `scripts`. */
export const codeFiles: readonly string[] = allFiles.filter((file) => /^(packages|examples|scripts)\/.*\.ts$/.test(file));

/** What the published packages are made of: their `src`, without tests. */
export const packageSources: readonly string[] = codeFiles.filter((file) => /^packages\/[^/]+\/src\//.test(file) && !isTest(file));

/** Whether a file is a test, a suite that tests share, or something only tests use. */
export function isTest(file: string): boolean {
  return /\.(test|contract)\.ts$|\/test\/|^packages\/(e2e|bench)\//.test(file);
}

export function readSource(file: string): string {
  return readFileSync(join(repositoryRoot, file), 'utf8');
}

/** The noun that a file or folder is named after: the last word before the first dot. `base-path.test.ts` is a path. */
export function nounOf(name: string): string {
  return name.replace(/\..*$/, '').split('-').at(-1) ?? '';
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [relative(repositoryRoot, path).split(sep).join('/')];
  });
}
