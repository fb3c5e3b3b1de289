import { setImmediate as othersFirst, setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Store } from './ports/store.ts';

/** Takes away what is past, in the background. */
export interface Sweeper {
  /** Resolves when nothing runs any more. */
  stop(): Promise<void>;
}

const sweepEveryMs = 60_000;
/** Small, so that no request waits behind a long delete: rows lie scattered, and each is in several indexes. */
const largestBatch = 100;
/** A batch that took longer is followed by half as many rows: of millions of users, few pages are in memory. */
const longestBatchMs = 10;
const smallestBatch = 5;
/** A sweep leaves the rest to the next one, so that a slow disk has time for requests. */
const sweepWithinMs = 20_000;
/** Between two batches it rests for as long as the last one took, so that half of that time is others' too; but no longer. */
const longestRestMs = 50;
const day = 86_400_000;

interface SweepDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly auditDays: number;
}

/** Removes up to `limit` rows of one kind, and says how many: fewer where none are left. */
type Remove = (limit: number) => Promise<number>;

/** Removes expired rows in small batches, every minute. The timer keeps no process alive. */
export function startSweeping(deps: SweepDeps): Sweeper {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(() => sweep(deps, stopping.signal))
      .catch((fault: unknown) => deps.log.error('sweep_failed', { cause: String(fault) }));
  }, sweepEveryMs).unref();
  return {
    stop: () => {
      clearInterval(timer);
      stopping.abort();
      return running;
    },
  };
}

/** A batch of every kind in turn, so that much of one keeps no other waiting, until nothing is left or the time is over. */
export async function sweep(deps: SweepDeps, signal?: AbortSignal): Promise<void> {
  const now = deps.clock.now();
  const until = now.getTime() + sweepWithinMs;
  const isOver = (): boolean => signal?.aborted === true || deps.clock.now().getTime() >= until;
  await deps.store.signingKeys.removeRetired(now);
  const batches = new Map(leftovers(deps, now).map((remove) => [remove, largestBatch]));
  while (batches.size > 0) {
    for (const [remove, limit] of batches) {
      if (isOver()) return;
      const startedAt = deps.clock.now().getTime();
      const removed = await remove(limit);
      const took = deps.clock.now().getTime() - startedAt;
      if (removed < limit) batches.delete(remove);
      else batches.set(remove, nextBatch(limit, took));
      await rest(took);
    }
  }
}

function nextBatch(limit: number, took: number): number {
  return took > longestBatchMs ? Math.max(smallestBatch, Math.floor(limit / 2)) : Math.min(largestBatch, limit * 2);
}

async function rest(milliseconds: number): Promise<void> {
  await (milliseconds > 0 ? sleep(Math.min(milliseconds, longestRestMs)) : othersFirst());
}

/**
 * What is needed to tell replayed from unknown (codes, links, refresh tokens) is kept a while longer than it is good
 * for; a grant for as long as an access token of it may live, which is a day, and a little more.
 */
function leftovers({ store, auditDays }: SweepDeps, now: Date): readonly Remove[] {
  const yesterday = new Date(now.getTime() - day);
  const dayBefore = new Date(now.getTime() - 2 * day);
  const longAgo = new Date(now.getTime() - auditDays * day);
  return [
    (limit) => store.flows.removeExpired(yesterday, limit),
    (limit) => store.challenges.removeExpired(yesterday, limit),
    (limit) => store.accessCodes.removeExpired(now, limit),
    (limit) => store.contactChanges.removeExpired(yesterday, limit),
    (limit) => store.contactUndos.removeExpired(yesterday, limit),
    (limit) => store.sessions.removeExpired(yesterday, limit),
    (limit) => store.authorizationCodes.removeExpired(yesterday, limit),
    (limit) => store.refreshTokens.removeExpired(yesterday, limit),
    (limit) => store.grants.removeEnded(dayBefore, limit),
    (limit) => store.pushedRequests.removeExpired(yesterday, limit),
    (limit) => store.permits.removeExpired(now, limit),
    (limit) => store.outbox.removeExpired(now, limit),
    (limit) => store.limits.removeExpired(now, limit),
    (limit) => store.audit.removeBefore(longAgo, limit),
  ];
}
