import type { HttpDeps } from './http-deps.ts';

const keptMs = 5_000;

/** Whether an origin is ours or one of a client's. Read from the store at most every few seconds. */
export function registeredOrigins({ issuer, store, clock }: Pick<HttpDeps, 'issuer' | 'store' | 'clock'>): (origin: string) => Promise<boolean> {
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
