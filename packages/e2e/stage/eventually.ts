/** How all that is looked up is waited for: mails, SMS, servers that start. */
import { setTimeout as sleep } from 'node:timers/promises';

const pauseMilliseconds = 100;
/** A busy machine may need that long; a story is given more (`--test-timeout`). */
const patienceMilliseconds = 30_000;

/** Looks until there is something. @throws {Error} that names what was waited for in vain. */
export async function eventually<Found>(what: string, look: () => Promise<Found | undefined> | Found | undefined): Promise<Found> {
  for (let waited = 0; waited < patienceMilliseconds; waited += pauseMilliseconds) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(pauseMilliseconds);
  }
  throw new Error(`waited in vain for ${what}`);
}
