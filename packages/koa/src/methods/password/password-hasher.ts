import type { Hashing } from './hashing-options.ts';
import { createHashingTurns } from './hashing-turns.ts';

/** Argon2id (RFC 9106), in PHC string format: parameters and salt are in the hash. */
export interface Argon {
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
  /** It was made with other parameters than today's. */
  isOutdated(hash: string): boolean;
}

/** The only way to argon2: in turn, so that no more memory is used than was said. */
export interface PasswordHasher {
  /** @throws {AuthError} `temporarily_unavailable`, if too many wait already. */
  inTurn<Result>(work: (argon: Argon) => Promise<Result>): Promise<Result>;
}

/** Nothing native is loaded before the first password comes. */
export function createPasswordHasher(hashing: Hashing): PasswordHasher {
  const inTurn = createHashingTurns(hashing);
  let loaded: Promise<Argon> | undefined;
  return {
    inTurn: (work) => inTurn(async () => {
      loaded ??= load(hashing);
      return work(await loaded);
    }),
  };
}

async function load({ memoryKib, passes, lanes }: Hashing): Promise<Argon> {
  const argon2 = await import('@node-rs/argon2');
  // Argon2id, version 0x13, a salt of 16 bytes and a hash of 32 are the library's defaults.
  const options = { memoryCost: memoryKib, timeCost: passes, parallelism: lanes };
  return {
    hash: (password) => argon2.hash(password, options),
    verify: (hash, password) => argon2.verify(hash, password),
    isOutdated: (hash) => {
      const { memoryCost, timeCost, parallelism } = argon2.parseOptions(hash);
      return memoryCost !== memoryKib || timeCost !== passes || parallelism !== lanes;
    },
  };
}
