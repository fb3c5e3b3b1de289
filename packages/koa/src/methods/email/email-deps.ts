import type { Outbox } from '../../delivery/outbox.ts';
import type { Challenge } from '../../model/challenge.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import type { Store } from '../../ports/store.ts';
import type { Vault } from '../../ports/vault.ts';
import type { MethodContext } from '../method.ts';

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

/** A question, and whom it was asked. */
export interface Asked {
  readonly context: MethodContext;
  readonly challenge: Challenge;
}
