import { createLocalJWKSet, errors, type CryptoKey, type FlattenedJWSInput, type JSONWebKeySet, type JWSHeaderParameters } from 'jose';
import type { Clock } from './ports.ts';
import { TokenError } from './token-error.ts';

/** Where a key set comes from: over HTTP, or from the issuer in the same process. */
export type KeySource = () => Promise<JSONWebKeySet>;

interface KeyCacheOptions {
  readonly clock: Clock;
  /** A key that the issuer took away is trusted no longer than this. */
  readonly lifetimeSeconds: number;
  /** The least time between two fetches because of an unknown `kid`. */
  readonly cooldownSeconds: number;
}

/** After a failed fetch nobody knocks again for this long, however many requests come in. */
const pauseAfterFaultMs = 2_000;

/** Keys that the issuer gave together. The same object for as long as it gives the same ones. */
export interface KeptKeys {
  readonly find: ReturnType<typeof createLocalJWKSet>;
  readonly asGiven: string;
}

/** The key that a token names, and the keys among which it was found. */
export interface FoundKey {
  readonly key: CryptoKey;
  readonly among: KeptKeys;
}

/** The issuer's keys, as we know them now. */
export interface KeyCache {
  findKey(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<FoundKey>;
  /** The keys that are used at this moment, in milliseconds; `undefined` if there are none, or they are old. */
  current(at: number): KeptKeys | undefined;
}

/**
 * Keeps the issuer's keys.
 *
 * Owns: when they are fetched. Once for all requests that wait, again when they are old, again when a `kid` is unknown
 * but rarely, so that nobody makes us flood the issuer by inventing `kid`s.
 * Does not own: where they come from (keys-of-issuer.ts), which key fits a token (jose).
 */
export function createKeyCache(source: KeySource, options: KeyCacheOptions): KeyCache {
  let kept: KeptKeys | undefined;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let pending: Promise<void> | undefined;
  let faultAt = Number.NEGATIVE_INFINITY;
  let refetchAt = Number.NEGATIVE_INFINITY;
  const now = (): number => options.clock.now().getTime();

  async function fetchKeys(): Promise<void> {
    try {
      const keys = await source();
      const asGiven = JSON.stringify(keys);
      if (kept?.asGiven !== asGiven) kept = { find: createLocalJWKSet(keys), asGiven };
      fetchedAt = now();
    } catch (cause) {
      faultAt = now();
      throw unreachable(cause);
    }
  }

  function reload(): Promise<void> {
    if (pending === undefined && now() - faultAt < pauseAfterFaultMs) return Promise.reject(unreachable());
    pending ??= fetchKeys().finally(() => {
      pending = undefined;
    });
    return pending;
  }

  const current = (at: number): KeptKeys | undefined => (at - fetchedAt < options.lifetimeSeconds * 1000 ? kept : undefined);

  async function fresh(): Promise<KeptKeys> {
    if (current(now()) === undefined) await reload();
    if (kept === undefined) throw unreachable();
    return kept;
  }

  /** Whether an unknown `kid` may cost the issuer a request. The set may be newer than the token's key is. */
  function mayRefetch(): boolean {
    if (pending !== undefined) return true;
    if (now() - refetchAt < options.cooldownSeconds * 1000) return false;
    refetchAt = now();
    return true;
  }

  async function findKey(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<FoundKey> {
    const before = await fresh();
    try {
      return { key: await before.find(header, token), among: before };
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !mayRefetch()) throw error;
    }
    await reload();
    const after = await fresh();
    return { key: await after.find(header, token), among: after };
  }
  return { findKey, current };
}

function unreachable(cause?: unknown): TokenError {
  return new TokenError('keys_unreachable', 'the keys of the issuer cannot be fetched', { cause });
}
