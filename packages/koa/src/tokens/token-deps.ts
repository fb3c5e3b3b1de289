import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What tokens need from outside. */
export interface TokenDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly random: Random;
  readonly clock: Clock;
  readonly signingKeys: SigningKeys;
  /** As configured: the `iss` of every token. */
  readonly issuer: string;
}
