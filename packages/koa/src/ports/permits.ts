import type { UserId } from '../model/ids.ts';
import type { Permit } from '../model/permit.ts';

/** Support's leaves to replace second factors, one a user. */
export interface Permits {
  /** In the place of the one that the user had. */
  put(permit: Permit): Promise<void>;
  /** One that can be used now. */
  findOpen(userId: UserId, now: Date): Promise<Permit | undefined>;
  /** Takes one that can be used now. Of two callers at the same moment one gets it. */
  claim(userId: UserId, now: Date): Promise<Permit | undefined>;
  /** Takes it back, whether it could be used yet or not. `false` if there was none. */
  withdraw(userId: UserId): Promise<boolean>;
  removeExpired(now: Date, limit: number): Promise<number>;
}
