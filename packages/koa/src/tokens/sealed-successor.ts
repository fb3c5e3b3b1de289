import type { RefreshToken } from '../model/grant.ts';
import type { Sealed } from '../model/ids.ts';
import type { Vault } from '../ports/vault.ts';
import type { Narrowed } from './narrow-grant.ts';

/** What a spent refresh token was exchanged for: kept sealed in its row, so that a lost answer can be given again. */
export interface Successor extends Narrowed {
  readonly secret: string;
}

export function sealSuccessor(parent: RefreshToken, { secret, scopes, resources }: Successor, vault: Vault): Sealed {
  return vault.seal(JSON.stringify({ secret, scopes, resources }), bindingOf(parent));
}

/** @throws {Error} if it was sealed in another row, or under a key that the ring no longer has. */
export function openSuccessor(parent: RefreshToken, sealed: Sealed, vault: Vault): Successor {
  return JSON.parse(vault.open(sealed, bindingOf(parent))) as Successor;
}

function bindingOf(parent: RefreshToken): string {
  return `refresh_token.successor:${parent.digest}`;
}
