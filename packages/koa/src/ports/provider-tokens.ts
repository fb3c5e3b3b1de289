import type { Identity } from '../model/identity.ts';
import type { Sealed } from '../model/ids.ts';

/** An account at a provider. */
type Account = Pick<Identity, 'issuer' | 'subject'>;

/** What is kept of a provider's tokens: sealed, and bound to the account that they are of. */
export interface KeptTokens extends Account {
  readonly sealed: Sealed;
  readonly updatedAt: Date;
}

/** Tokens of providers, for accounts that are linked. They go with the link. */
export interface ProviderTokens {
  /** In the place of older ones. `false` if that account is nobody's: nothing was stored. */
  put(tokens: KeptTokens): Promise<boolean>;
  find(account: Account): Promise<KeptTokens | undefined>;
  /** In the place of these very ones. `false` if others are there by now: nothing was stored. */
  replace(seen: Sealed, tokens: KeptTokens): Promise<boolean>;
  /** `false` if others are there by now. */
  remove(tokens: Pick<KeptTokens, 'issuer' | 'subject' | 'sealed'>): Promise<boolean>;
}
