import { refuseUnknown } from '@portico/contract';

/** What a hash costs, in work for whoever guesses and in memory for us. */
export interface HashingOptions {
  /** KiB that one hash needs while it is made, 7168 to 1048576. @default 19456 */
  readonly memoryKib?: number;
  /** Passes over that memory, 1 to 10. The less memory, the more of them: see `leastPasses`. @default 2 */
  readonly passes?: number;
  /** Lanes, 1 to 16: threads that work on one hash. @default 1 */
  readonly lanes?: number;
  /** Hashes that are made at the same time, 1 to 64: so many times `memoryKib` is the most that they need. @default 2 */
  readonly parallelHashes?: number;
  /** Those that may wait for their turn, 0 to 10000; who comes then is told to come again (503). @default 200 */
  readonly waitingHashes?: number;
}

/** The options, complete. */
export type Hashing = Required<HashingOptions>;

/** OWASP Password Storage Cheat Sheet, argon2id: `m=19456, t=2, p=1`. */
const defaults: Hashing = { memoryKib: 19_456, passes: 2, lanes: 1, parallelHashes: 2, waitingHashes: 200 };

const bounds: Readonly<Record<keyof Hashing, readonly [least: number, most: number]>> = {
  memoryKib: [7_168, 1_048_576],
  passes: [1, 10],
  lanes: [1, 16],
  parallelHashes: [1, 64],
  waitingHashes: [0, 10_000],
};

/** The same sheet's equal choices, the most memory first: with less memory more passes. */
const equals: readonly (readonly [memoryKib: number, passes: number])[] = [[47_104, 1], [19_456, 2], [12_288, 3], [9_216, 4], [7_168, 5]];

function leastPasses(memoryKib: number): number {
  return equals.find(([memory]) => memoryKib >= memory)?.[1] ?? Infinity;
}

/** What the host did not say is the default. */
export function completeHashing(options: HashingOptions = {}): Hashing {
  return { ...defaults, ...options };
}

/** @throws {Error} that names what is out of its bounds, or too weak together. */
export function checkHashing(options: HashingOptions = {}): void {
  refuseUnknown('password(), hashing,', options, { memoryKib: true, passes: true, lanes: true, parallelHashes: true, waitingHashes: true });
  const hashing = completeHashing(options);
  for (const [name, [least, most]] of Object.entries(bounds) as readonly [keyof Hashing, readonly [number, number]][]) {
    const value = hashing[name];
    if (!Number.isInteger(value) || value < least || value > most) throw new Error(`password(): hashing.${name} must be a whole number from ${least} to ${most}`);
  }
  const passes = leastPasses(hashing.memoryKib);
  if (hashing.passes < passes) throw new Error(`password(): with ${hashing.memoryKib} KiB hashing.passes must be at least ${passes}`);
}
