import type { Sealed, UserId } from '../../model/ids.ts';
import type { Vault } from '../../ports/vault.ts';

const binding = (userId: UserId): string => `password.sealed_hash:${userId}`;

/** A hash as it is kept: bound to its user, so that no row opens with another's. */
export function sealHash(hash: string, userId: UserId, vault: Vault): Sealed {
  return vault.seal(hash, binding(userId));
}

export function openHash(sealed: Sealed, userId: UserId, vault: Vault): string {
  return vault.open(sealed, binding(userId));
}
