import { setTimeout } from 'node:timers/promises';
import { StoreBusyError } from '../ports/store-busy-error.ts';

const FIRST_PAUSE = 1;
const LONGEST_PAUSE = 25;

export interface Patience {
  readonly milliseconds: number;
  isBusy(fault: unknown): boolean;
}

/**
 * Tries until the other writer is done, without stopping this process as SQLite's own waiting would.
 *
 * @throws {StoreBusyError} when patience ends.
 */
export async function whenFree<Result>(attempt: () => Result | Promise<Result>, patience: Patience): Promise<Result> {
  let waited = 0;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await attempt();
    } catch (fault) {
      if (!patience.isBusy(fault)) throw fault;
      if (waited >= patience.milliseconds) throw new StoreBusyError('another process is writing', { cause: fault });
    }
    await setTimeout(pause);
    waited += pause;
  }
}
