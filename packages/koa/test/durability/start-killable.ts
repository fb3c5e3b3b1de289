/** The parent's side of a service that may be killed: the same to its callers before and after. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { codeIn } from '../../src/delivery/dev-inbox.ts';
import type { Reachable } from '../browser.ts';
import { openMailServer } from '../mail-server.ts';
import type { DatabaseAddress } from './databases.ts';

/** What a process is told at its start. */
export interface Setup {
  readonly database: DatabaseAddress;
  readonly origin: string;
  readonly mailServer: string;
  /** Milliseconds since 1970: its clock stands still there. */
  readonly startsAt: number;
}

/** From now on it is `now`; deliver the mails that are due then. */
export interface ToChild {
  readonly id: number;
  readonly now: number;
}

type FromChild = { readonly port: number } | { readonly delivered: number };

export interface Killable extends Reachable {
  /** A process on the database as it is. */
  start(): Promise<void>;
  /** Sends SIGKILL, at once. */
  kill(): void;
  /** Resolves when it is no more. */
  isGone(): Promise<void>;
  /** Moves its clock. */
  advance(seconds: number): Promise<void>;
  close(): Promise<void>;
}

/** Where browsers think that it is; where it truly listens differs from process to process. */
const origin = 'http://localhost:3000';

export async function createKillable(database: DatabaseAddress): Promise<Killable> {
  const mailServer = await openMailServer();
  const deliveries = new Map<number, { readonly resolve: () => void; readonly reject: (fault: Error) => void }>();
  let now = Date.now();
  let child: ChildProcess | undefined;
  let exited: Promise<unknown> = Promise.resolve();
  let address = '';
  let asked = 0;

  const hear = (message: FromChild): void => {
    if (!('delivered' in message)) return;
    deliveries.get(message.delivered)?.resolve();
    deliveries.delete(message.delivered);
  };
  const forgetDeliveries = (): void => {
    for (const { reject } of deliveries.values()) reject(new Error('the service is gone'));
    deliveries.clear();
  };
  const deliver = (): Promise<void> => new Promise((resolve, reject) => {
    asked += 1;
    deliveries.set(asked, { resolve, reject });
    const message: ToChild = { id: asked, now };
    if (child?.connected !== true) forgetDeliveries();
    // A process that is gone in this moment is heard of by its exit.
    else child.send(message, () => undefined);
  });
  const killable: Killable = {
    origin,
    get address() { return address; },
    get base() { return `${address}/auth`; },
    inbox: {
      lastCode: (to) => {
        const mail = mailServer.mails.findLast((_, at) => mailServer.recipients[at]?.includes(to));
        return mail === undefined ? undefined : codeIn({ to, fromName: '', subject: '', html: '', text: mail.text ?? '' });
      },
    },
    deliver,
    async start() {
      const setup: Setup = { database, origin, mailServer: mailServer.url, startsAt: now };
      const started = fork(new URL('serve.ts', import.meta.url), [JSON.stringify(setup)], {
        execArgv: ['--conditions=portico-source'],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      child = started;
      exited = once(started, 'exit').then(forgetDeliveries);
      const first = await Promise.race([once(started, 'message'), exited.then(() => undefined)]);
      const message = first?.[0] as FromChild | undefined;
      if (message === undefined || !('port' in message)) throw new Error('the service did not start');
      address = `http://127.0.0.1:${message.port}`;
      started.on('message', hear);
    },
    kill: () => void child?.kill('SIGKILL'),
    isGone: async () => void (await exited),
    advance: (seconds) => {
      now += seconds * 1_000;
      return deliver();
    },
    close: async () => {
      killable.kill();
      await killable.isGone();
      await mailServer.close();
    },
  };
  return killable;
}
