import { randomBytes, randomInt } from 'node:crypto';
import type { Random } from '../ports/random.ts';

const SECRET_BYTES = 32;
const ID_BYTES = 16;

/** Randomness of the operating system. */
export const systemRandom: Random = {
  secret: () => randomBytes(SECRET_BYTES).toString('base64url'),
  id: () => randomBytes(ID_BYTES).toString('base64url'),
  // `randomInt` rejects instead of taking a remainder: no digit is likelier than another.
  digits: (length) => Array.from({ length }, () => randomInt(10)).join(''),
};
