/*
 * What `npm start` runs: builds what is stale and serves the first example, with its database in one file.
 *
 *   PORT          where to listen (3000)
 *   PORTICO_DB    the SQLite file (examples/01-one-app/portico.db)
 */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { isStale } from './is-stale.ts';
import { repositoryRoot } from './repository.ts';

const example = join(repositoryRoot, 'examples/01-one-app');
const port = Number(process.env['PORT'] ?? '3000');
const database = resolve(process.env['PORTICO_DB'] ?? join(example, 'portico.db'));

function stop(message: string): never {
  console.error(`portico: ${message}`);
  process.exit(1);
}

function checkFolder(folder: string): void {
  try {
    if (!existsSync(folder)) mkdirSync(folder);
    accessSync(folder, constants.W_OK);
  } catch {
    stop(`cannot write to ${folder}, where the database goes; set PORTICO_DB to a file that can be written.`);
  }
}

async function checkPort(): Promise<void> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) stop(`PORT must be a number from 1 to 65535, not "${process.env['PORT']}".`);
  const probe = createServer().listen(port);
  try {
    await once(probe, 'listening');
  } catch (error) {
    const isForbidden = error instanceof Error && 'code' in error && error.code === 'EACCES';
    if (isForbidden) stop(`port ${port} is not open to this user; try PORT=3001 npm start.`);
    stop(`port ${port} is taken; stop what listens there, or try PORT=${port + 1} npm start.`);
  }
  await promisify(probe.close.bind(probe))();
}

function build(): void {
  const sources = ['packages/login', 'packages/contract'].map((folder) => join(repositoryRoot, folder, 'src'));
  if (!isStale(join(repositoryRoot, 'packages/login/dist'), sources)) return;
  const filters = ['--filter', '@portico/login...'];
  const built = spawnSync('npx', ['-y', 'pnpm@12.4.2', ...filters, 'run', 'build'], { cwd: repositoryRoot, encoding: 'utf8' });
  if (built.status === 0) return;
  console.error(`${built.stdout}${built.stderr}`.trim());
  stop('the widget could not be built; its output is above.');
}

function serve(): void {
  const env = { ...process.env, PORT: String(port), PORTICO_DB: database };
  const args = ['--conditions=portico-source', join(example, 'server.ts')];
  const server = spawn(process.execPath, args, { cwd: repositoryRoot, env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal));
  server.once('close', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

checkFolder(dirname(database));
await checkPort();
build();
serve();
