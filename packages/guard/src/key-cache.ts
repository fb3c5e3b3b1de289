import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
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

/** The issuer's keys, as we know them now. */
export interface KeyCache {
  readonly findKey: JWTVerifyGetKey;
  /** The set that is used at the moment, by identity; `undefined` if there is none, or it is old. */
  current(): object | undefined;
}

/**
 * Keeps the issuer's keys.
 *
 * Owns: when they are fetched. Once for all requests that wait, again when they are old, again when a `kid` is unknown
 * but rarely, so that nobody makes us flood the issuer by inventing `kid`s.
 * Does not own: where they come from (keys-of-issuer.ts), which key fits a token (jose).
 */
export function createKeyCache(source: KeySource, options: KeyCacheOptions): KeyCache {
  let kept: { readonly find: ReturnType<typeof createLocalJWKSet>; readonly at: number } | undefined;
  let pending: Promise<void> | undefined;
  let faultAt = Number.NEGATIVE_INFINITY;
  let refetchAt = Number.NEGATIVE_INFINITY;
  const now = (): number => options.clock.now().getTime();

  async function fetchKeys(): Promise<void> {
    try {
      kept = { find: createLocalJWKSet(await source()), at: now() };
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

  function current(): object | undefined {
    return kept !== undefined && now() - kept.at < options.lifetimeSeconds * 1000 ? kept : undefined;
  }

  async function fresh(): Promise<ReturnType<typeof createLocalJWKSet>> {
    if (current() === undefined) await reload();
    if (kept === undefined) throw unreachable();
    return kept.find;
  }

  /** Whether an unknown `kid` may cost the issuer a request. The set may be newer than the token's key is. */
  function mayRefetch(): boolean {
    if (pending !== undefined) return true;
    if (now() - refetchAt < options.cooldownSeconds * 1000) return false;
    refetchAt = now();
    return true;
  }

  const findKey: JWTVerifyGetKey = async (header, token) => {
    const find = await fresh();
    try {
      return await find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !mayRefetch()) throw error;
    }
    await reload();
    return (await fresh())(header, token);
  };
  return { findKey, current };
}

function unreachable(cause?: unknown): TokenError {
  return new TokenError('keys_unreachable', 'the keys of the issuer cannot be fetched', { cause });
}
