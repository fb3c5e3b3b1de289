import { randomFillSync } from 'node:crypto';

const poolBytes = 4_096;

/**
 * Random bytes of the operating system as base64url, fetched many at a time: to ask for 32 takes as long as to ask for
 * thousands. Each byte is handed out once and wiped here, so that what was given is nowhere but where it went.
 */
export function createRandomPool(pool = Buffer.alloc(poolBytes)): (bytes: number) => string {
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
