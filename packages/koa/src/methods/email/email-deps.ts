import type { Outbox } from '../../delivery/outbox.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import type { Store } from '../../ports/store.ts';
import type { Vault } from '../../ports/vault.ts';

/** What the e-mail methods are given at start-up. */
export interface EmailDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly random: Random;
  readonly clock: Clock;
  readonly outbox: Outbox;
  /** Where links lead: from configuration, never from a request. */
  readonly issuer: string;
}
