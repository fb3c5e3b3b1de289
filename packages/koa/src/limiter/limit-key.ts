import type { Digest } from '../model/ids.ts';
import type { Vault } from '../ports/vault.ts';

/**
 * Whose use is counted. `address`: a caller's, as `callerOf` names it. `identifier`: what was typed. `account`: a user over
 * all their identifiers. `client`: one that has shown its secret. `device`: a browser that is known for whom it asks.
 */
export type LimitSubject = 'address' | 'identifier' | 'account' | 'client' | 'device';

/** Where a count is kept. `what` tells the counts of one subject apart. */
export function limitKey(vault: Pick<Vault, 'keyedDigest'>, [subject, ...what]: readonly [LimitSubject, ...string[]], whose: string): Digest {
  return vault.keyedDigest('limit', whose, [subject, ...what]);
}
