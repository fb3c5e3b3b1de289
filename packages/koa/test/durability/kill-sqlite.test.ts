import { describe, test } from 'node:test';
import { makeLastingFile } from './databases.ts';
import { killAndCheck } from './kill-and-check.ts';

/** In the middle of the first sign-ups, and in the middle of everything. */
const roundsOf = { full: [60, 240], normal: [180] } as const;

/** On a machine that is busy with much else. */
const timeout = 300_000;

describe('a service on SQLite that is killed under load', () => {
  for (const synchronous of ['full', 'normal'] as const) {
    test(`knows all that it has acknowledged when it starts again (synchronous ${synchronous})`, { timeout }, async (context) => {
      const database = await makeLastingFile(synchronous);
      context.after(() => database.remove());
      await killAndCheck(database, roundsOf[synchronous], context);
    });
  }
});
