import type { FlowView } from '@portico/contract';
import { afterEach, beforeEach, describe, equal, it, ok } from './mocha.ts';
import { cleanUp, FakeIssuer, fill, input, issuer, json, mount, submit, step, until, view } from './support.ts';

const hosted = { issuer, 'client-id': 'app', 'request-uri': 'urn:request:1' };
const real = window.setTimeout;
let server: FakeIssuer;
let waiting: (() => void)[] = [];

/** Timers of half a minute and more fire when the test says so. */
function holdLongTimers(): void {
  waiting = [];
  const held = (run: () => void, milliseconds = 0): number => {
    // Deadlines of requests and of the browser's questions are not meant.
    if (milliseconds < 20_000 || milliseconds > 100_000) return real(run, milliseconds);
    waiting.push(run);
    return 0;
  };
  window.setTimeout = held as typeof window.setTimeout;
}

const identify = (left: number): FlowView => ({
  ...(view('identify') as FlowView & { step: 'identify' }),
  flow_expires_at: new Date(Date.now() + left).toISOString(),
  passkey: { options: { challenge: btoa(String(Math.random())).replace(/=+$/, ''), rpId: 'demo.example' }, expires_at: new Date(Date.now() + 30_000).toISOString() },
});

async function idleFor(element: Element): Promise<void> {
  await step(element, 'identify');
  const renew = await until(() => waiting.at(-1), 'the timer');
  waiting = [];
  renew();
}

describe('a page that is left open', () => {
  beforeEach(() => {
    holdLongTimers();
    server = new FakeIssuer();
  });
  afterEach(() => {
    window.setTimeout = real;
    cleanUp();
  });

  it('gets a new flow without a word when the old one has expired, and keeps what was typed', async () => {
    server.on('/flows', identify(600_000)).on('/flow/restart', { problem: { code: 'flow_expired' } }).on('/flow/submit-identifier', view('enter-code'));
    let faults = 0;
    const element = mount(hosted);
    element.addEventListener('auth-error', () => (faults += 1));
    fill(await input(element, 'identifier'), 'robin@example.com');
    await idleFor(element);
    await until(() => server.sentTo('/flows').length === 2, 'the new flow');
    await until(() => waiting[0], 'the next timer');
    equal([faults, (await input(element, 'identifier')).value], [0, 'robin@example.com']);
    ok(!element.textContent?.includes('started again'), 'nothing is said');
    submit(element);
    await step(element, 'enter-code');
  });

  it('does not wait for the server to say so where the flow is about to end', async () => {
    server.on('/flows', identify(10_000), identify(600_000));
    const element = mount(hosted);
    await idleFor(element);
    await until(() => server.sentTo('/flows').length === 2, 'the new flow');
    equal(server.sentTo('/flow/restart').length, 0, 'restarts');
  });

  it('says nothing when there is no network, and tries again later', async () => {
    server.on('/flows', identify(600_000)).on('/flow/restart', () => Promise.reject(new TypeError('gone')), async () => json(200, identify(600_000)));
    const element = mount(hosted);
    await idleFor(element);
    await until(() => server.sentTo('/flow/restart').length === 1, 'the try');
    await idleFor(element);
    await until(() => server.sentTo('/flow/restart').length === 2, 'the second try');
    equal(element.querySelector('[data-fault]'), null);
  });
});
