import type { FlowView } from '@portico/contract';
import { pause } from './clock.ts';

type Open = (signal: AbortSignal) => Promise<Response>;

const shortestPause = 1_000;
const longestPause = 30_000;

/**
 * Follows the stream of views while a mail is awaited. `EventSource` cannot send the flow's header, so the stream is read
 * by hand: only while the page is visible, with a growing pause after each failure, and no more once the server refuses.
 */
export class FlowEvents {
  readonly #open: Open;
  readonly #onView: (view: FlowView) => void;
  #stop: AbortController | undefined;

  constructor(open: Open, onView: (view: FlowView) => void) {
    this.#open = open;
    this.#onView = onView;
  }

  start(): void {
    if (this.#stop !== undefined) return;
    this.#stop = new AbortController();
    void this.#follow(this.#stop.signal);
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
  }

  async #follow(stopped: AbortSignal): Promise<void> {
    let wait = shortestPause;
    while (!stopped.aborted) {
      await untilVisible(stopped);
      if (stopped.aborted) return;
      const ended = await this.#read(stopped);
      if (ended === 'refused') return;
      wait = ended === 'heard' ? shortestPause : Math.min(wait * 2, longestPause);
      await pause(wait, stopped);
    }
  }

  async #read(stopped: AbortSignal): Promise<'refused' | 'heard' | 'silent'> {
    const hidden = new AbortController();
    const onHide = (): void => {
      if (document.visibilityState === 'hidden') hidden.abort();
    };
    document.addEventListener('visibilitychange', onHide);
    let heard = false;
    try {
      const response = await this.#open(AbortSignal.any([stopped, hidden.signal]));
      if (!response.ok || response.body === null) return response.status >= 500 || response.status === 429 ? 'silent' : 'refused';
      for await (const view of viewsOf(response.body)) {
        if (stopped.aborted) break;
        heard = true;
        this.#onView(view);
      }
    } catch {
      // A lost connection is ordinary here; the loop tries again.
    } finally {
      document.removeEventListener('visibilitychange', onHide);
    }
    return heard ? 'heard' : 'silent';
  }
}

/** Each `data:` of an event stream as a view; comments, which keep the connection alive, are passed over. */
export async function* viewsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<FlowView> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest = (rest + decoder.decode(value, { stream: true })).replaceAll('\r\n', '\n');
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const view = viewOf(block);
        if (view !== undefined) yield view;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function viewOf(block: string): FlowView | undefined {
  const lines = block.split('\n').filter((line) => line.startsWith('data:'));
  if (lines.length === 0) return undefined;
  try {
    const parsed: unknown = JSON.parse(lines.map((line) => line.slice(5).trimStart()).join('\n'));
    const isView = typeof parsed === 'object' && parsed !== null && typeof Reflect.get(parsed, 'step') === 'string';
    return isView ? (parsed as FlowView) : undefined;
  } catch {
    return undefined;
  }
}

function untilVisible(stopped: AbortSignal): Promise<void> {
  if (document.visibilityState === 'visible') return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      if (document.visibilityState !== 'visible' && !stopped.aborted) return;
      document.removeEventListener('visibilitychange', done);
      stopped.removeEventListener('abort', done);
      resolve();
    };
    document.addEventListener('visibilitychange', done);
    stopped.addEventListener('abort', done);
  });
}
