import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';

const keptMs = 5_000;

/** Whether an origin is ours or one of a client's. */
export type IsRegisteredOrigin = (origin: string) => Promise<boolean>;

/** Reads the store at most every few seconds. */
export function createRegisteredOrigins(deps: { readonly issuer: string; readonly store: Store; readonly clock: Clock }): IsRegisteredOrigin {
  const { issuer, store, clock } = deps;
  const own = new URL(issuer).origin;
  let kept: { readonly origins: ReadonlySet<string>; readonly until: number } | undefined;
  return async (origin) => {
    if (origin === own) return true;
    const now = clock.now().getTime();
    if (kept === undefined || kept.until <= now) {
      const clients = await store.clients.list();
      kept = { origins: new Set(clients.flatMap((client) => client.origins)), until: now + keptMs };
    }
    return kept.origins.has(origin);
  };
}
