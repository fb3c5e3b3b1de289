import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { logNetwork, type LoggedRequest } from './network-log.ts';
import { inputInPage, probeBinding, probeScript, type Usable } from './probe.ts';
import type { Profile } from './profile.ts';

/** What one visit cost. */
export interface Visit {
  /** Milliseconds from the navigation until somebody can type. */
  readonly usableMs: number;
  /** Over the wire up to then, bytes. */
  readonly bytesUntilUsable: number;
  readonly requestsUntilUsable: number;
  /** Over the wire until the network rests, bytes. */
  readonly bytes: number;
  readonly requests: number;
  readonly waterfall: readonly Step[];
}

/** A request and its place in time, milliseconds since the navigation. */
export interface Step {
  readonly method: string;
  /** Without its query. */
  readonly url: string;
  readonly from: number;
  readonly to: number | undefined;
  readonly bytes: number;
  readonly isFromCache: boolean;
}

export interface VisitOptions {
  readonly url: string;
  readonly profile: Profile;
  /** Types as soon as the screen seems usable rather than after the network rests: a check, not a measure. */
  readonly typesAtOnce?: boolean;
  /** A picture of the screen with what was typed. */
  readonly screenshot?: string;
}

const typed = 'ann@notes.example';

/** Opens the page in a tab of its own and closes it again. Throws where the screen cannot be used, or a request fails. */
export async function visit(context: BrowserContext, options: VisitOptions): Promise<Visit> {
  const page = await context.newPage();
  try {
    const session = await context.newCDPSession(page);
    const log = logNetwork(session);
    await throttle(session, options.profile);
    const usable = await goTo(page, session, options.url);
    if (options.typesAtOnce !== true) await log.idle();
    // What the typing itself asks for (Lock looks for a picture of the person) is no part of the first screen.
    const ofFirstScreen = [...log.requests];
    await type(page, usable);
    await log.idle();
    await expectTyped(page, session, usable);
    if (options.screenshot !== undefined) await page.screenshot({ path: options.screenshot });
    return summaryOf(ofFirstScreen, usable);
  } finally {
    await page.close();
  }
}

async function throttle(session: CDPSession, { latency, download, upload, cpuSlowdown }: Profile): Promise<void> {
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: download, uploadThroughput: upload });
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
}

async function goTo(page: Page, session: CDPSession, url: string): Promise<Usable> {
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (line) => {
    if (line.type() === 'error') faults.push(line.text());
  });
  await session.send('Page.enable');
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: probeBinding });
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: probeScript });
  const usable = new Promise<Usable>((resolve, reject) => {
    session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === probeBinding) resolve(JSON.parse(payload) as Usable);
    });
    setTimeout(() => reject(new Error(`nothing to type into at ${url}: ${faults.join('; ')}`)), 60_000).unref();
  });
  const going = page.goto(url, { waitUntil: 'commit', timeout: 60_000 });
  const [answer] = await Promise.all([usable, going]);
  return answer;
}

async function type(page: Page, { x, y }: Usable): Promise<void> {
  await page.mouse.click(x, y);
  // A fast typist: a processor this slow mixes up letters that come all at once.
  await page.keyboard.type(typed, { delay: 60 });
}

async function expectTyped(page: Page, session: CDPSession, { input }: Usable): Promise<void> {
  await page.waitForTimeout(200);
  const { result } = await session.send('Runtime.evaluate', { expression: inputInPage });
  if (result.value !== typed) throw new Error(`${input} holds ${String(result.value)} and not what was typed`);
}

function summaryOf(requests: readonly LoggedRequest[], { at, timeOrigin }: Usable): Visit {
  const failed = requests.find(({ failure, status }) => failure !== undefined || (status !== undefined && status >= 400));
  if (failed !== undefined) throw new Error(`${failed.method} ${failed.url} failed: ${failed.failure ?? failed.status}`);
  const asked = requests.filter(({ isFromCache }) => !isFromCache);
  const before = asked.filter(({ endedAt = Infinity }) => endedAt <= timeOrigin + at);
  return {
    usableMs: at,
    bytesUntilUsable: sumOf(before),
    requestsUntilUsable: before.length,
    bytes: sumOf(asked),
    requests: asked.length,
    waterfall: requests.map((request) => stepOf(request, timeOrigin)),
  };
}

function stepOf({ method, url, startedAt, endedAt, bytes, isFromCache }: LoggedRequest, timeOrigin: number): Step {
  const [address = ''] = url.split('?', 1);
  const since = (time: number): number => Math.round(time - timeOrigin);
  return { method, url: address, from: since(startedAt), to: endedAt === undefined ? undefined : since(endedAt), bytes, isFromCache };
}

const sumOf = (requests: readonly LoggedRequest[]): number => requests.reduce((sum, { bytes }) => sum + bytes, 0);
