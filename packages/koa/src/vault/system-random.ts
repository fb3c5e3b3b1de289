import { randomFillSync, randomInt } from 'node:crypto';
import type { Random } from '../ports/random.ts';

const SECRET_BYTES = 32;
const ID_BYTES = 16;
const POOL_BYTES = 4_096;

/**
 * Random bytes of the operating system as base64url, fetched many at a time: to ask for 32 takes as long as to ask for
 * thousands. Each byte is handed out once and wiped here, so that what was given is nowhere but where it went.
 */
export function createRandomPool(pool = Buffer.alloc(POOL_BYTES)): (bytes: number) => string {
  let used = pool.length;
  return (bytes) => {
    if (used + bytes > pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    const end = used + bytes;
    const text = pool.toString('base64url', used, end);
    pool.fill(0, used, end);
    used = end;
    return text;
  };
}

const take = createRandomPool();

/** Randomness of the operating system. */
export const systemRandom: Random = {
  secret: () => take(SECRET_BYTES),
  id: () => take(ID_BYTES),
  // `randomInt` rejects instead of taking a remainder: no digit is likelier than another.
  digits: (length) => Array.from({ length }, () => randomInt(10)).join(''),
};
