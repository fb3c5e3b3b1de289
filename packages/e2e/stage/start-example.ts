/** The first example, as `npm start` runs it: a process of its own, a database file of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import { runServer, type RunServer } from './run-server.ts';

export interface Example {
  readonly origin: string;
  /** Ends the process hard, as a power cut would, and starts it again on the same file. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const server = fileURLToPath(new URL('../../../examples/01-one-app/server.ts', import.meta.url));

export async function startExample(): Promise<Example> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-'));
  const port = await freePort();
  const start = (): Promise<RunServer> => runServer({ args: ['--conditions=portico-source', server], env: { PORT: String(port), PORTICO_DB: join(folder, 'portico.db') } });
  let running = await start();
  return {
    origin: `http://localhost:${port}`,
    restart: async () => {
      await running.end('SIGKILL');
      running = await start();
    },
    stop: async () => {
      await running.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
