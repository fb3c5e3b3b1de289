import type { UserId } from '../../model/ids.ts';
import type { Challenge } from '../../model/challenge.ts';
import type { Passkey } from '../../model/passkey.ts';
import type { User } from '../../model/user.ts';
import { PasskeyRefusal } from './refusal.ts';
import { userIdOfHandle } from './user-handle.ts';

/** Who was asked, and whom the authenticator names. */
export interface OwnerClaim {
  readonly challenge: Challenge;
  readonly user: User | undefined;
  /** Whom the flow has proved already. Proofs of two users never meet in one flow. */
  readonly provedUserId: UserId | undefined;
  readonly userHandle: string | null | undefined;
}

function checkHandle(owner: UserId, handle: string | null | undefined, isMandatory: boolean): void {
  if (handle === undefined || handle === null || handle === '') {
    if (isMandatory) throw new PasskeyRefusal('user_handle_missing');
    return;
  }
  if (userIdOfHandle(handle) !== owner) throw new PasskeyRefusal('user_handle_wrong');
}

/**
 * The credential's owner is whom we asked and whom the authenticator means; if we asked nobody, it has to name somebody
 * (WebAuthn Level 3, section 7.2, step 6). The library compares none of this.
 */
export function checkOwner(passkey: Passkey, { challenge, user, provedUserId, userHandle }: OwnerClaim): void {
  // An address or a number of a stranger was asked: no credential answers that.
  const asksStranger = (challenge.email ?? challenge.phone) !== undefined && challenge.userId === undefined;
  if (asksStranger) throw new PasskeyRefusal('owner_wrong');
  const asked = [challenge.userId, user?.id, provedUserId].filter((id) => id !== undefined);
  if (asked.some((id) => id !== passkey.userId)) throw new PasskeyRefusal('owner_wrong');
  checkHandle(passkey.userId, userHandle, asked.length === 0);
}
