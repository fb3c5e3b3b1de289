import type { AccessCode } from '../model/access-code.ts';
import type { AppId, Digest, UserId } from '../model/ids.ts';

export interface AccessCodes {
  /** In the place of the one that the user has in this app, if they have one. */
  put(code: AccessCode): Promise<void>;
  /** Takes it. Of two callers at the same moment one gets it. `undefined` if there is none, it is past, or the code differs. */
  claim(owner: { readonly userId: UserId; readonly appId: AppId }, code: Digest, now: Date): Promise<AccessCode | undefined>;
  removeExpired(before: Date, limit: number): Promise<number>;
}
