import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The published widgets live in a project of their own, outside of the workspace: they are heavy, and only this needs them. */
export const peersFolder = fileURLToPath(new URL('peers/', import.meta.url));

/** Installs what is missing (no package's scripts run) and bundles each page for production. */
export async function preparePeers(widgets: readonly string[]): Promise<void> {
  if (!existsSync(join(peersFolder, 'node_modules/.package-lock.json'))) await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  for (const widget of widgets) await run(process.execPath, ['node_modules/vite/bin/vite.js', 'build'], { WIDGET: widget });
}

/** The version that is installed of a package of the peers' project. */
export async function versionOf(name: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(peersFolder, 'node_modules', name, 'package.json'), 'utf8')) as { version: string };
  return version;
}

async function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<void> {
  const child = spawn(command, args, { cwd: peersFolder, env: { ...process.env, NODE_ENV: 'production', ...env }, stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
}
