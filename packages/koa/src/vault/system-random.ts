import { randomInt } from 'node:crypto';
import type { Random } from '../ports/random.ts';
import { createRandomPool } from './random-pool.ts';

const SECRET_BYTES = 32;
const ID_BYTES = 16;

const take = createRandomPool();

/** Randomness of the operating system. */
export const systemRandom: Random = {
  secret: () => take(SECRET_BYTES),
  id: () => take(ID_BYTES),
  // `randomInt` rejects instead of taking a remainder: no digit is likelier than another.
  digits: (length) => Array.from({ length }, () => randomInt(10)).join(''),
};
