import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CodesLike, ParentMessage, ServerMessage, Usage } from '../servers/serve.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';

/** A server in a process of its own. */
export interface RunningServer {
  readonly url: string;
  readonly mailbox: Mailbox;
  usage(): Promise<Usage>;
  /** Copies of a code, made inside the server. Only a program that can is asked. */
  copyCode(codes: CodesLike): Promise<readonly string[]>;
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
  const ask = createQuestions(child);
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)));
    child.on('message', (message: ServerMessage) => {
      if (message.kind === 'ready') resolve(message.url);
      if (message.kind === 'mail') mailbox.put(message.to, message.text);
    });
  });
  return {
    url,
    mailbox,
    usage: async () => (await ask({ kind: 'usage' })).usage,
    copyCode: async (codes) => (await ask({ kind: 'codes', ...codes })).codes,
    stop: () => stop(child),
  };
}

type Answer<Kind> = Extract<ServerMessage, { readonly kind: Kind }>;

/** One question of a kind at a time. */
function createQuestions(child: ChildProcess): <Kind extends ParentMessage['kind']>(question: ParentMessage & { readonly kind: Kind }) => Promise<Answer<Kind>> {
  return ({ kind, ...rest }) => new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error(`the server ended before it answered about its ${kind}`));
    const listen = (message: ServerMessage): void => {
      if (message.kind !== kind) return;
      child.off('message', listen).off('exit', fail);
      resolve(message as Answer<typeof kind>);
    };
    child.on('message', listen).once('exit', fail);
    child.send({ kind, ...rest });
  });
}

/** `BENCH_PROFILE=portico` writes a CPU profile of that program into the working folder when it ends. */
function profilingOf(program: string): readonly string[] {
  return process.env['BENCH_PROFILE'] === program ? ['--cpu-prof', '--cpu-prof-dir=.cache/profiles'] : [];
}

function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.connected) child.disconnect();
  else child.kill();
  return ended;
}
