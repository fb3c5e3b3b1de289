import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'koa';
import type { Scene } from '../flows/flow-deps.ts';
import { sceneOf } from '../flows/run-action.ts';
import { viewOf } from '../flows/view-of.ts';
import type { FlowId } from '../model/ids.ts';
import { StoreBusyError } from '../ports/store-busy-error.ts';
import type { HttpDeps } from './http-deps.ts';
import { requestIdOf } from './request-id.ts';

/** The streams that this process writes to, by their flow. */
export type FlowStreams = Map<FlowId, AbortController>;

const lookEveryMs = 1_000;
/** Proxies drop a connection on which nothing is said. */
const keepAliveEveryLooks = 15;
/** A stream ends by itself; a page that still waits asks for another. */
const longestLooks = 600;

/**
 * Sends each new view of a flow (server-sent events, WHATWG HTML section 9.2). The store is looked at, not a memory of
 * this process, so that a link may be opened at another node.
 */
export function streamFlow(ctx: Context, scene: Scene, deps: HttpDeps): void {
  const { res: stream } = ctx;
  ctx.status = 200;
  ctx.type = 'text/event-stream';
  ctx.set('X-Accel-Buffering', 'no');
  if (ctx.method === 'HEAD') return;
  ctx.req.socket.setTimeout(0);
  // Written by hand: to Koa, a page that is closed while it waits would be an error of the app.
  ctx.respond = false;
  const ended = new AbortController();
  stream.once('close', () => ended.abort());
  // The page may have gone while the flow was looked up: nobody will tell us again.
  if (stream.destroyed || ctx.req.socket.destroyed) return;
  takeOver(scene.flow.id, ended, deps.streams);
  sendViews(stream, scene, { deps, signal: ended.signal })
    .catch((thrown: unknown) => {
      // A store that is busy, or closing with the service, is no news: the page asks for another stream.
      if (!ended.signal.aborted && !(thrown instanceof StoreBusyError)) deps.log.error('flow_events_failed', { request_id: requestIdOf(ctx), cause: String(thrown) });
    })
    .finally(() => {
      if (deps.streams.get(scene.flow.id) === ended) deps.streams.delete(scene.flow.id);
      stream.end();
    });
}

/** One page waits for a flow. A second stream is that page, come back; a pile of them would only look at the store. */
function takeOver(id: FlowId, ended: AbortController, streams: FlowStreams): void {
  streams.get(id)?.abort();
  streams.set(id, ended);
}

async function sendViews(
  stream: ServerResponse,
  scene: Scene,
  { deps, signal }: { readonly deps: HttpDeps; readonly signal: AbortSignal },
): Promise<void> {
  let sent = '';
  let latest: Scene | undefined = scene;
  for (let looks = 0; looks < longestLooks && latest !== undefined; looks += 1) {
    const kept = deps.store.watchWrites();
    const text = JSON.stringify(await viewOf(latest));
    await kept();
    if (isNews(sent, text)) stream.write(`data: ${text}\n\n`);
    else if (looks % keepAliveEveryLooks === 0) stream.write(': still here\n\n');
    sent = text;
    if (latest.flow.finishedAt !== undefined) return;
    await sleep(lookEveryMs, undefined, { signal });
    latest = await look(latest, deps);
  }
}

/** A view counts down by itself; that alone is no news. */
function isNews(before: string, after: string): boolean {
  const still = (text: string): string => text.replace(/"(resend_after_seconds|retry_after_seconds)":\d+/g, '');
  return still(before) !== still(after);
}

async function look({ flow }: Scene, deps: HttpDeps): Promise<Scene | undefined> {
  const latest = await deps.store.flows.find(flow.id);
  if (latest === undefined || latest.expiresAt <= deps.clock.now()) return undefined;
  // The handle moved to a page that was loaded again: this one no longer speaks for the flow.
  if (!deps.vault.matches(latest.handleDigest, flow.handleDigest)) return undefined;
  return sceneOf(latest, deps);
}
