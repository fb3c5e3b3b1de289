/*
 * What npm would publish, checked as npm would publish it: packs each public package, then asks publint and attw
 * whether every door opens. Expects the packages to be built. The tarballs stay in `.cache/packages`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { publicPackages, repositoryRoot } from './repository.ts';

const packed = join(repositoryRoot, '.cache/packages');

const installed = (name: string): string => join(repositoryRoot, 'node_modules/.bin', name);

function run(command: string, args: readonly string[], folder = repositoryRoot): string {
  return execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function checkPackage(name: (typeof publicPackages)[number]): void {
  const tarball = join(packed, `${name}.tgz`);
  run('npx', ['-y', 'pnpm@12.4.2', 'pack', '--out', tarball], join(repositoryRoot, 'packages', name));
  run(installed('publint'), ['run', tarball, '--strict']);
  run(installed('attw'), [tarball, '--profile', 'esm-only', '--entrypoints', ...typedDoors(join(repositoryRoot, 'packages', name))]);
}

/** The subpaths of a package that promise types; style sheets, bundles and JSON promise none. */
function typedDoors(folder: string): readonly string[] {
  const { exports }: { exports: Record<string, unknown> } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return Object.entries(exports).flatMap(([door, target]) => (typeof target === 'object' ? [door] : []));
}

function outputOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { stdout, stderr } = Object.assign({ stdout: '', stderr: '' }, error);
  return `${error.message}\n${stdout ?? ''}${stderr ?? ''}`.trim();
}

rmSync(packed, { recursive: true, force: true });
mkdirSync(packed, { recursive: true });
for (const name of publicPackages) {
  try {
    checkPackage(name);
  } catch (error) {
    process.exitCode = 1;
    console.error(`@portico/${name}\n${outputOf(error)}\n`);
  }
}
