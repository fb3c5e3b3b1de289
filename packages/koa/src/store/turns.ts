import { StoreBusyError } from '../ports/store-busy-error.ts';

/** One connection, one user at a time: a transaction is never interleaved with anything. */
export interface Turns {
  /**
   * Nothing to wait for if it is free.
   *
   * @throws {StoreBusyError} if the turn does not come in time, or the store is closed.
   */
  take(): Promise<void> | undefined;
  give(): void;
  readonly isClosed: boolean;
  /** Waits for the last turn; those who still wait are refused. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (fault: Error) => void;
}

export function createTurns(patienceMilliseconds: number): Turns {
  const queue = new Set<Waiting>();
  let isTaken = false;
  let isClosed = false;
  let hasEnded: (() => void) | undefined;

  return {
    get isClosed() { return isClosed; },
    take() {
      if (isClosed) return Promise.reject(new StoreBusyError('it is closed'));
      if (!isTaken) {
        isTaken = true;
        return undefined;
      }
      return waitIn(queue, patienceMilliseconds);
    },
    give() {
      const [next] = queue;
      if (next !== undefined) {
        queue.delete(next);
        next.resolve();
        return;
      }
      isTaken = false;
      hasEnded?.();
    },
    async close() {
      isClosed = true;
      for (const waiting of queue) waiting.reject(new StoreBusyError('it is closed'));
      queue.clear();
      if (!isTaken) return;
      await new Promise<void>((resolve) => { hasEnded = resolve; });
    },
  };
}

function waitIn(queue: Set<Waiting>, milliseconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    // Also what ends a mistake: somebody inside a transaction who calls the store outside it would wait for himself.
    const timer = setTimeout(() => {
      queue.delete(waiting);
      reject(new StoreBusyError('another transaction did not end in time'));
    }, milliseconds);
    const waiting: Waiting = {
      resolve: () => { clearTimeout(timer); resolve(); },
      reject: (fault) => { clearTimeout(timer); reject(fault); },
    };
    queue.add(waiting);
  });
}
