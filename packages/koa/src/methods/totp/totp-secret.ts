import type { Sealed, TotpId } from '../../model/ids.ts';
import type { Random } from '../../ports/random.ts';
import type { Vault } from '../../ports/vault.ts';

/** As long as the digest of the hash that all apps know (RFC 4226, section 4, R6: 160 bits). */
const secretBytes = 20;

export function newSecret(random: Random): Buffer {
  return Buffer.from(random.secret(), 'base64url').subarray(0, secretBytes);
}

const binding = (id: TotpId): string => `totp.sealed_secret:${id}`;

/** A secret as it is kept: bound to its row, so that none opens as another user's. */
export function sealSecret(secret: Buffer, id: TotpId, vault: Vault): Sealed {
  return vault.seal(secret.toString('base64url'), binding(id));
}

export function openSecret(sealed: Sealed, id: TotpId, vault: Vault): Buffer {
  return Buffer.from(vault.open(sealed, binding(id)), 'base64url');
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 without padding (RFC 4648, section 6), as authenticator apps take it. */
export function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}
