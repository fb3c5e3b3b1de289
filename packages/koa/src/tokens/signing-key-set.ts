import type { SigningKey } from '../model/signing-key.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';

/** So often a rotation by another node is looked for. Less than any time for which a key is announced. */
const freshSeconds = 60;
/** A stranger who invents key ids costs one read in so many seconds. */
const askAgainSeconds = 5;

/** The stored keys, kept in memory for a minute. */
export interface SigningKeySet {
  list(): Promise<readonly SigningKey[]>;
  /** Looks again in the store if the key is unknown: another node may have made it just now. */
  find(kid: string): Promise<SigningKey | undefined>;
  forget(): void;
}

export function createSigningKeySet({ store, clock }: { readonly store: Store; readonly clock: Clock }): SigningKeySet {
  let cached: { readonly keys: Promise<readonly SigningKey[]>; readonly readAt: number } | undefined;
  const listSince = (seconds: number): Promise<readonly SigningKey[]> => {
    const now = clock.now().getTime();
    if (cached !== undefined && now - cached.readAt < seconds * 1_000) return cached.keys;
    const entry = { keys: store.signingKeys.list(), readAt: now };
    cached = entry;
    // A failed read is no answer for the next caller.
    entry.keys.catch(() => { if (cached === entry) cached = undefined; });
    return entry.keys;
  };
  const findSince = async (kid: string, seconds: number): Promise<SigningKey | undefined> =>
    (await listSince(seconds)).find((key) => key.kid === kid);
  return {
    list: () => listSince(freshSeconds),
    find: async (kid) => (await findSince(kid, freshSeconds)) ?? findSince(kid, askAgainSeconds),
    forget: () => { cached = undefined; },
  };
}

/** The key that signs now. A clock that is a little behind the one of the node that made the first key finds it too. */
export function signerOf(keys: readonly SigningKey[], algorithm: SigningKey['algorithm'], now: Date): SigningKey | undefined {
  const able = keys
    .filter((key) => key.algorithm === algorithm && isBefore(now, key.signsUntil))
    .toSorted((one, other) => other.signsFrom.getTime() - one.signsFrom.getTime() || one.kid.localeCompare(other.kid));
  return able.find((key) => key.signsFrom.getTime() <= now.getTime()) ?? able.at(-1);
}

/** Announced, signing, or retired with tokens that may still be alive. */
export function isPublished(key: SigningKey, now: Date): boolean {
  return isBefore(now, key.publishedUntil);
}

function isBefore(now: Date, end: Date | undefined): boolean {
  return end === undefined || now.getTime() < end.getTime();
}
