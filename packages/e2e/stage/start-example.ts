/** The first example, as `npm start` runs it: a process of its own, a database file of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Example {
  readonly origin: string;
  /** What the process said on standard error: its log. */
  readonly log: () => string;
  /** Ends the process hard, as a power cut would, and starts it again on the same file. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const server = fileURLToPath(new URL('../../../examples/01-one-app/server.ts', import.meta.url));

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

export async function startExample(): Promise<Example> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-'));
  const port = await freePort();
  const env = { ...process.env, PORT: String(port), PORTICO_DB: join(folder, 'portico.db') };
  let log = '';
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(process.execPath, ['--conditions=portico-source', server], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stderr?.on('data', (part: Buffer) => {
      log += part.toString();
    });
    await isListening(child, () => log);
    return child;
  };
  let child = await start();
  return {
    origin: `http://localhost:${port}`,
    log: () => log,
    restart: async () => {
      await end(child, 'SIGKILL');
      child = await start();
    },
    stop: async () => {
      await end(child, 'SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The example says where it is once it can be asked. */
async function isListening(child: ChildProcess, log: () => string): Promise<void> {
  await Promise.race([
    once(child.stdout ?? child, 'data'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the example ended with ${String(code)}:\n${log()}`);
    }),
  ]);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
