import type { CDPSession } from 'playwright-core';

/** One request as the browser made it. Times are milliseconds of the wall clock. */
export interface LoggedRequest {
  readonly url: string;
  readonly method: string;
  readonly startedAt: number;
  endedAt: number | undefined;
  /** As they came over the wire: headers and compressed body. */
  bytes: number;
  /** Answered without asking anybody. */
  isFromCache: boolean;
  failure: string | undefined;
  status: number | undefined;
}

/** The requests of one page, by the browser's own account (`Network` domain of the DevTools protocol). */
export interface NetworkLog {
  readonly requests: readonly LoggedRequest[];
  /** Resolves when nothing has been under way for half a second; rejects after half a minute. */
  idle(): Promise<void>;
}

const quietMilliseconds = 500;
const patienceMilliseconds = 30_000;

/** Listens; `Network.enable` is the caller's. */
export function logNetwork(session: CDPSession): NetworkLog {
  const open = new Map<string, LoggedRequest>();
  const requests: LoggedRequest[] = [];
  /** The protocol's clock has no known beginning; each request says both times. */
  let offset = 0;
  let changedAt = performance.now();
  const end = (id: string, timestamp: number): LoggedRequest | undefined => {
    const request = open.get(id);
    open.delete(id);
    changedAt = performance.now();
    if (request !== undefined) request.endedAt = timestamp * 1000 + offset;
    return request;
  };
  session.on('Network.requestWillBeSent', ({ requestId, request: { url, method }, timestamp, wallTime }) => {
    if (!/^https?:/.test(url)) return;
    offset = (wallTime - timestamp) * 1000;
    changedAt = performance.now();
    const logged: LoggedRequest = { url, method, startedAt: wallTime * 1000, endedAt: undefined, bytes: 0, isFromCache: false, failure: undefined, status: undefined };
    open.set(requestId, logged);
    requests.push(logged);
  });
  session.on('Network.requestServedFromCache', ({ requestId }) => {
    const request = open.get(requestId);
    if (request !== undefined) request.isFromCache = true;
  });
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const request = open.get(requestId);
    if (request === undefined) return;
    request.status = response.status;
    if (response.fromDiskCache === true) request.isFromCache = true;
  });
  session.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
    const request = end(requestId, timestamp);
    if (request !== undefined) request.bytes = encodedDataLength;
  });
  session.on('Network.loadingFailed', ({ requestId, timestamp, errorText }) => {
    const request = end(requestId, timestamp);
    if (request !== undefined) request.failure = errorText;
  });
  return { requests, idle: () => untilQuiet(() => ({ isBusy: open.size > 0, changedAt })) };
}

async function untilQuiet(look: () => { readonly isBusy: boolean; readonly changedAt: number }): Promise<void> {
  const began = performance.now();
  while (performance.now() - began < patienceMilliseconds) {
    const { isBusy, changedAt } = look();
    if (!isBusy && performance.now() - changedAt > quietMilliseconds) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the network does not come to rest');
}
