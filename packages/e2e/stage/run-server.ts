/** A server in a process of its own. Owns its beginning and its end; does not own what it serves. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface RunServer {
  end(signal?: NodeJS.Signals): Promise<void>;
}

export interface ServerCommand {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Runs Node, and waits for the first line on standard output: servers say where they are once they can be asked.
 *
 * @throws {Error} with all that it said, if it ends before.
 */
export async function runServer({ args, cwd, env }: ServerCommand): Promise<RunServer> {
  const child = spawn(process.execPath, args, { ...(cwd === undefined ? {} : { cwd }), env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => void (said += part.toString()));
  await speaks(child, () => said);
  return { end: (signal = 'SIGTERM') => end(child, signal) };
}

function speaks(child: ChildProcess & { readonly stdout: NodeJS.ReadableStream }, said: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('error', reject);
    // Not `exit`: what it said last may still be on its way.
    child.once('close', (code, signal) => reject(new Error(`a server ended with ${String(code ?? signal)} before it listened:\n${said()}`)));
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
