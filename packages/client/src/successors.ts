import type { ClientSession } from './client-session.ts';
import { hashOf } from './hash-of.ts';
import type { Clock } from './ports.ts';

/** What became of refresh tokens a moment ago. */
export interface Successors {
  /** The newest session that this one became; `undefined` if it has ended. */
  follow(session: ClientSession): ClientSession | undefined;
  remember(refreshToken: string, became: ClientSession | 'ended'): void;
}

/** Longer than requests overlap. A request that is later than this asks the issuer, which has its own grace. */
const memoryMs = 120_000;
const maximumEntries = 10_000;

/**
 * A short memory, so that a request that set out with the old cookie gets what its siblings got, and one that was under
 * way while its user signed out does not bring the session back. Keyed by hash: it holds no spent refresh token.
 */
export function createSuccessors(clock: Clock): Successors {
  const entries = new Map<string, { readonly became: ClientSession | 'ended'; readonly until: number }>();
  const now = (): number => clock.now().getTime();

  function forgetOld(): void {
    // A map keeps the order in which it was filled: the oldest come first.
    for (const [key, { until }] of entries) {
      if (until > now() && entries.size < maximumEntries) return;
      entries.delete(key);
    }
  }

  function find(session: ClientSession): ClientSession | 'ended' | undefined {
    if (session.refreshToken === undefined) return undefined;
    const entry = entries.get(hashOf(session.refreshToken));
    return entry !== undefined && entry.until > now() ? entry.became : undefined;
  }

  return {
    remember: (refreshToken, became) => {
      forgetOld();
      entries.set(hashOf(refreshToken), { became, until: now() + memoryMs });
    },
    follow: (session) => {
      let newest = session;
      for (let became = find(newest); became !== undefined; became = find(newest)) {
        if (became === 'ended') return undefined;
        // An issuer that does not rotate gives the same refresh token again.
        if (became.refreshToken === newest.refreshToken) return became;
        newest = became;
      }
      return newest;
    },
  };
}
