import type { AppId, Digest, UserId } from '../../model/ids.ts';
import type { Vault } from '../../ports/vault.ts';

/** A few digits can be tried out against a hash, hence the key. Whose it is and for which app is part of what is looked up. */
export function accessCodeDigest(code: string, { userId, appId }: { readonly userId: UserId; readonly appId: AppId }, vault: Vault): Digest {
  return vault.keyedDigest('access-code', code, [userId, appId]);
}
