import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ServerMessage, Usage } from '../servers/serve.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';

/** A server in a process of its own. */
export interface RunningServer {
  readonly url: string;
  readonly mailbox: Mailbox;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

export interface ServerProgram {
  /** Of a file in `servers/`, without `.ts`. */
  readonly program: string;
  readonly args?: readonly string[];
}

/** As in production: the built packages, no conditions, no debugging. */
export async function startServer({ program, args = [] }: ServerProgram): Promise<RunningServer> {
  const file = fileURLToPath(new URL(`../servers/${program}.ts`, import.meta.url));
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = fork(file, args, { env, execArgv: [...profilingOf(program)], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const mailbox = createMailbox();
  const answers = new Set<(usage: Usage) => void>();
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)));
    child.on('message', (message: ServerMessage) => {
      if (message.kind === 'ready') resolve(message.url);
      if (message.kind === 'mail') mailbox.put(message.to, message.text);
      if (message.kind === 'usage') takeAll(answers, message.usage);
    });
  });
  const usage = (): Promise<Usage> => new Promise((resolve) => {
    answers.add(resolve);
    child.send('usage');
  });
  return { url, mailbox, usage, stop: () => stop(child) };
}

/** `BENCH_PROFILE=portico` writes a CPU profile of that program into the working folder when it ends. */
function profilingOf(program: string): readonly string[] {
  return process.env['BENCH_PROFILE'] === program ? ['--cpu-prof', '--cpu-prof-dir=.cache/profiles'] : [];
}

function takeAll(answers: Set<(usage: Usage) => void>, usage: Usage): void {
  for (const answer of answers) answer(usage);
  answers.clear();
}

function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.connected) child.disconnect();
  else child.kill();
  return ended;
}
