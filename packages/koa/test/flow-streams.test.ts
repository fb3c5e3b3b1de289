import assert from 'node:assert/strict';
import { request, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, test } from 'node:test';
import type { OpenStore } from '../src/index.ts';
import { Browser } from './browser.ts';
import { openerOf } from './engines.ts';
import { startPortico, type Portico, type PorticoOptions } from './start-portico.ts';
import { watchStore } from './watch-store.ts';

interface Watched {
  /** What a look-up by handle waits for. */
  readonly before?: () => Promise<void>;
  readonly mount?: PorticoOptions['mount'];
}

/** A service whose looks at a flow are counted. */
async function watched({ before = () => Promise.resolve(), mount }: Watched = {}): Promise<{ readonly service: Portico; readonly looks: () => number }> {
  let looks = 0;
  const tell = (name: string): void => void (looks += name === 'flows.find' ? 1 : 0);
  const fast: OpenStore = await openerOf('sqlite').open();
  const { grouped } = fast;
  const findByHandle: typeof grouped.flows.findByHandle = async (handle) => {
    await before();
    return grouped.flows.findByHandle(handle);
  };
  // What answers HTTP has the store that commits in groups.
  const store: OpenStore = { ...fast, grouped: { ...grouped, flows: { ...grouped.flows, findByHandle } } };
  const service = await startPortico({ auth: { store: { open: () => Promise.resolve(watchStore(store, tell)) } }, ...(mount === undefined ? {} : { mount }) });
  return { service, looks: () => looks };
}

function openStream(service: Portico, handle: string, method = 'GET'): Promise<IncomingMessage> {
  const { hostname, port } = new URL(service.address);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: '/auth/flow/events', method, headers: { Flow: handle } }, resolve).on('error', reject).end();
  });
}

const endOf = (stream: IncomingMessage): Promise<void> => new Promise((resolve) => stream.resume().once('close', () => resolve()));

describe('the stream of a flow', () => {
  test('a second one ends the first, and goes on itself', async () => {
    const { service } = await watched();
    try {
      const browser = new Browser(service);
      await browser.startFlow();
      const first = await openStream(service, browser.handle);
      const firstEnded = endOf(first);
      const second = await openStream(service, browser.handle);
      await firstEnded;
      second.resume();
      assert.equal(second.destroyed, false);
      second.destroy();
    } finally {
      await service.close();
    }
  });

  test('HEAD has the headers and ends', async () => {
    const { service } = await watched();
    try {
      const browser = new Browser(service);
      await browser.startFlow();
      const reply = await openStream(service, browser.handle, 'HEAD');
      await endOf(reply);
      assert.deepEqual([reply.statusCode, reply.headers['content-type']], [200, 'text/event-stream; charset=utf-8']);
    } finally {
      await service.close();
    }
  });

  test('a page that went while its flow was looked up is not looked up for again', async () => {
    const [isLookedUp, isGone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const before = async (): Promise<void> => {
      isLookedUp.resolve();
      await isGone.promise;
    };
    let hold = (): Promise<void> => Promise.resolve();
    const { service, looks } = await watched({
      before: () => hold(),
      mount: (app, auth) => {
        app.use((ctx, next) => {
          if (ctx.path.endsWith('/events')) ctx.req.socket.once('close', isGone.resolve);
          return next();
        });
        app.use(auth.middleware());
      },
    });
    try {
      const browser = new Browser(service);
      await browser.startFlow();
      const { hostname, port } = new URL(service.address);
      const sent = request({ hostname, port, path: '/auth/flow/events', headers: { Flow: browser.handle } }).on('error', () => {});
      hold = before;
      sent.end();
      await isLookedUp.promise;
      sent.destroy();
      await isGone.promise;
      await sleep(1_500);
      assert.equal(looks(), 0);
    } finally {
      await service.close();
    }
  });
});
