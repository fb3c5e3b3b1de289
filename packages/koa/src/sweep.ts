import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Store } from './ports/store.ts';

/** Takes away what is past, in the background. */
export interface Sweeper {
  /** Resolves when nothing runs any more. */
  stop(): Promise<void>;
}

const sweepEveryMs = 60_000;
/** Small, so that no request waits behind a long delete. */
const batch = 200;
const day = 86_400_000;

interface SweepDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

/** Removes expired rows in small batches, every minute. The timer keeps no process alive. */
export function startSweeping(deps: SweepDeps): Sweeper {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(() => sweep(deps)).catch((fault: unknown) => deps.log.error('sweep_failed', { cause: String(fault) }));
  }, sweepEveryMs).unref();
  return {
    stop: () => {
      clearInterval(timer);
      return running;
    },
  };
}

/**
 * One batch of each kind. What is needed to tell replayed from unknown (codes, links, refresh tokens) is kept a while
 * longer than it is good for.
 */
export async function sweep({ store, clock }: SweepDeps): Promise<void> {
  const now = clock.now();
  const yesterday = new Date(now.getTime() - day);
  await store.flows.removeExpired(yesterday, batch);
  await store.challenges.removeExpired(yesterday, batch);
  await store.sessions.removeExpired(yesterday, batch);
  await store.authorizationCodes.removeExpired(yesterday, batch);
  await store.refreshTokens.removeExpired(yesterday, batch);
  await store.pushedRequests.removeExpired(yesterday, batch);
  await store.outbox.removeExpired(now, batch);
  await store.limits.removeExpired(now, batch);
  await store.signingKeys.removeRetired(now);
}
