import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Random } from '../../ports/random.ts';
import type { Store } from '../../ports/store.ts';
import type { Vault } from '../../ports/vault.ts';
import type { Upstreams } from './provider.ts';

/** What the method is given at start-up. */
export interface SocialDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly random: Random;
  readonly clock: Clock;
  readonly log: Log;
  /** Where providers send the browser back to: from configuration, never from a request. */
  readonly issuer: string;
  readonly upstreams: Upstreams;
}
