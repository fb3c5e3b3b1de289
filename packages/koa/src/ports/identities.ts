import type { Identity } from '../model/identity.ts';
import type { UserId } from '../model/ids.ts';

/** Who is who at which provider. One user for each account there. */
export interface Identities {
  /** `false` if that account is linked already, to whomever: nothing was stored. */
  insert(identity: Identity): Promise<boolean>;
  find(issuer: string, subject: string): Promise<Identity | undefined>;
  listOf(userId: UserId): Promise<readonly Identity[]>;
  /** Unlinks it, if it is this user's, and what is kept of the provider's tokens with it. `false` if there was none. */
  remove(identity: Pick<Identity, 'issuer' | 'subject' | 'userId'>): Promise<boolean>;
}
