/**
 * A whole service in a process of its own, for a parent that kills it.
 *
 * It is told what to be in its first argument, and where it listens it says in its first message. Then it answers each
 * request of its parent with one message. It ends with its parent.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { createAuth, emailCode, passkey, postgres, smtp, sqlite } from '../../src/index.ts';
import { webClient } from '../start-portico.ts';
import type { Setup, ToChild } from './start-killable.ts';

const { database, origin, mailServer, startsAt } = JSON.parse(process.argv[2] ?? '') as Setup;
let now = startsAt;

process.on('disconnect', () => process.exit());
const say = (message: object): void => void process.send?.(message);
const silent = (): void => undefined;

const auth = await createAuth({
  issuer: `${origin}/auth`,
  store: database.engine === 'sqlite' ? sqlite(database.path, { synchronous: database.synchronous }) : postgres(database.url),
  secret: 'the-secret-of-a-host-that-only-tests-know',
  methods: [passkey(), emailCode()],
  mailer: smtp(mailServer, { from: 'login@notes.example' }),
  apps: [{ id: 'notes', name: 'Notes', allowPublicSignup: true, preferences: { puzzles: { when: 'off' } }, clients: [webClient(origin)] }],
  clock: { now: () => new Date(now) },
  log: { info: silent, warn: silent, error: silent },
  // One caller makes all the load.
  limits: { flowsPerMinute: 1_000_000, mailsPerHour: 1_000_000, answersPerHour: 1_000_000 },
});

process.on('message', (message: ToChild) => {
  now = message.now;
  void auth.deliverMails().then(() => say({ delivered: message.id }));
});

const koa = new Koa();
koa.use(auth.middleware());
// Connections are closed by who calls: on a busy machine one that is just being closed here would look like a kill.
const server = createServer({ keepAliveTimeout: 0 }, koa.callback());
server.listen(0, '127.0.0.1', () => say({ port: (server.address() as AddressInfo).port }));
