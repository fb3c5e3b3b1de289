/** Writes to a store, many at once, and says on its standard output when they begin, and of each that it was acknowledged. */
import { writeSync } from 'node:fs';
import { sqlite } from '../../src/index.ts';
import type { UserId } from '../../src/model/ids.ts';
import { user } from '../../src/store/sample-records.contract.ts';

const [path = '', synchronous] = process.argv.slice(2);
const store = await sqlite(path, { synchronous: synchronous === 'normal' ? 'normal' : 'full' }).open();

/** One alone, and as many as requests may be on their way. */
for (const [wave, writers] of [1, 1, 32, 1, 32].entries()) {
  writeSync(1, 'begun\n');
  await Promise.all(Array.from({ length: writers }, async (_, writer) => {
    const id = `${wave}-${writer}` as UserId;
    if (writer % 2 === 0) await store.users.insert(user({ id }));
    else await store.transaction(async (inside) => inside.users.insert(user({ id })));
    writeSync(1, 'acknowledged\n');
  }));
}
await store.close();
