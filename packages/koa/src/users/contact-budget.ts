import type { Digest, UserId } from '../model/ids.ts';
import type { Budget, Spent } from '../ports/limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';

/** Far more than one needs, far less than it takes to write to many. */
const contactsPerHour: Budget = { limit: 10, windowSeconds: 3_600, cooldownSeconds: 0 };

interface BudgetDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
}

/** Takes one of the mails or SMS to new contacts that a user may have sent, on an account page and on the way in together. */
export function spendOfUser(userId: UserId, { store, vault, clock }: BudgetDeps): Promise<Spent> {
  return store.limits.spend(vault.keyedDigest('limit', userId, ['contact-change']), contactsPerHour, clock.now());
}

/** The tally of wrong codes from new contacts: of a user, whatever they asked for. */
export function contactTally(userId: UserId, vault: Vault): Digest {
  return vault.keyedDigest('limit', userId, ['contact-code']);
}
