import type { TestContext } from 'node:test';
import { checkLedger } from './check-ledger.ts';
import type { LastingDatabase } from './databases.ts';
import { killAfter } from './load.ts';
import { createKillable } from './start-killable.ts';

/** Kills a service after so many acknowledgements, starts it again, and asks it for all of them; as often as it is told. */
export async function killAndCheck(database: LastingDatabase, rounds: readonly number[], context: TestContext): Promise<void> {
  const service = await createKillable(database.address);
  context.after(() => service.close());
  await service.start();
  for (const acknowledgements of rounds) {
    const load = await killAfter(service, { acknowledgements, name: String(acknowledgements), kill: service.kill });
    await service.isGone();
    await service.start();
    await checkLedger(load);
    await database.check();
  }
}
