import type { BreachRange } from '../../ports/breach-range.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Random } from '../../ports/random.ts';
import type { Store } from '../../ports/store.ts';
import type { Vault } from '../../ports/vault.ts';
import type { PasswordHasher } from './password-hasher.ts';

/** What the method is given at start-up. */
export interface PasswordDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly random: Random;
  readonly clock: Clock;
  readonly hasher: PasswordHasher;
  readonly log: Log;
  /** Where the host asks one. */
  readonly breachRange?: BreachRange | undefined;
}

