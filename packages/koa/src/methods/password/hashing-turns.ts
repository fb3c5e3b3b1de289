import { AuthError } from '../../model/auth-error.ts';

/** Runs work when its turn comes. @throws {AuthError} `temporarily_unavailable` at once, if too many wait already. */
export type InTurn = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Lets so many hashes be made at once, and so many wait: whoever sends a flood of passwords gets neither all memory nor
 * an endless queue. First come, first served.
 */
export function createHashingTurns({ parallelHashes, waitingHashes }: { readonly parallelHashes: number; readonly waitingHashes: number }): InTurn {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function take(): Promise<void> {
    if (running < parallelHashes) {
      running += 1;
      return;
    }
    if (waiting.length >= waitingHashes) throw new AuthError('temporarily_unavailable', { retryAfterSeconds: 1 });
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  /** The turn goes to the next, so that nobody who comes in between overtakes them. */
  function give(): void {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  return async (work) => {
    await take();
    try {
      return await work();
    } finally {
      give();
    }
  };
}
