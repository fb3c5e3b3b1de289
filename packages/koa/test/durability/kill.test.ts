import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkLedger } from './check-ledger.ts';
import { databaseKinds } from './databases.ts';
import { killAfter } from './load.ts';
import { createKillable } from './start-killable.ts';

/** In the middle of the first sign-ups, and in the middle of everything. */
const rounds = [60, 240];

describe('a service that is killed under load', () => {
  for (const { name, make } of databaseKinds) {
    test(`knows all that it has acknowledged when it starts again (${name})`, async (context) => {
      const database = await make();
      context.after(() => database.remove());
      const service = await createKillable(database.address);
      context.after(() => service.close());
      await service.start();
      for (const acknowledgements of rounds) {
        const load = await killAfter(service, acknowledgements, String(acknowledgements));
        assert.ok(load.ledger.acknowledged >= acknowledgements);
        await service.start();
        await checkLedger(load);
        await database.check();
      }
    });
  }
});
