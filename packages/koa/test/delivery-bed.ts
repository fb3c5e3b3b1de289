import type { TestContext } from 'node:test';
import type { Clock } from '../src/ports/clock.ts';
import type { Log, LogFields } from '../src/ports/log.ts';
import type { OpenStore } from '../src/ports/store.ts';
import { sqlite } from '../src/store/sqlite.ts';
import { createVault } from '../src/vault/create-vault.ts';

/** A clock that a test holds in its hand. */
export interface HeldClock extends Clock {
  forward(seconds: number): void;
}

export function holdClock(start = '2026-11-25T14:00:00Z'): HeldClock {
  let moment = new Date(start);
  return {
    now: () => moment,
    forward(seconds) {
      moment = new Date(moment.getTime() + seconds * 1_000);
    },
  };
}

/** A log that keeps its lines. */
export interface KeptLog extends Log {
  readonly lines: { readonly event: string; readonly fields: LogFields }[];
}

export function keepLog(): KeptLog {
  const lines: KeptLog['lines'] = [];
  const keep = (event: string, fields: LogFields = {}): void => {
    lines.push({ event, fields });
  };
  return { lines, info: keep, warn: keep, error: keep };
}

export const vault = createVault('a secret of this test, long enough to be one');

/** A real store in memory, closed with the test. */
export async function openStore(context: TestContext): Promise<OpenStore> {
  const store = await sqlite(':memory:').open();
  context.after(() => store.close());
  return store;
}
