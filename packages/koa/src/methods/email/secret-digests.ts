import type { Digest } from '../../model/ids.ts';
import type { Vault } from '../../ports/vault.ts';

/** 256 bits need no key. */
export function linkDigest(secret: string, vault: Vault): Digest {
  return vault.digest('link', secret);
}
