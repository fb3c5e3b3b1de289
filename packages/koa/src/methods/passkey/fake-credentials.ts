import type { CanonicalEmail, PasskeyId } from '../../model/ids.ts';
import type { Vault } from '../../ports/vault.ts';

/** Lengths that widespread authenticators give their credential ids. */
const plausibleLengths = [16, 20, 32] as const;
const fakeTransports = ['hybrid', 'internal'] as const;

/** What a browser is told of a credential that may answer. */
export interface AllowedCredential {
  readonly id: string;
  readonly transports: readonly string[];
}

function tailOf(head: Buffer, vault: Vault): Buffer {
  return Buffer.from(vault.keyedDigest('fake-credential', head.toString('base64url'), ['tail']), 'base64url').subarray(0, head.length);
}

/**
 * The allow list of somebody who has no passkey here, or is not here at all: always the same for the same address, and
 * another for another, so that the list tells nobody who is a member (WebAuthn Level 3, section 14.6.2).
 */
export function fakeCredentialsOf(email: CanonicalEmail, rpId: string, vault: Vault): readonly AllowedCredential[] {
  const seed = Buffer.from(vault.keyedDigest('fake-credential', email, ['head', rpId]), 'base64url');
  const length = plausibleLengths[(seed[31] ?? 0) % plausibleLengths.length] ?? 16;
  const head = seed.subarray(0, length / 2);
  return [{ id: Buffer.concat([head, tailOf(head, vault)]).toString('base64url'), transports: fakeTransports }];
}

/**
 * Whether we made up this id: its second half follows from its first. To call such a credential unknown would tell it
 * from a real one that was answered badly.
 */
export function isFakeCredential(id: PasskeyId, vault: Vault): boolean {
  const bytes = Buffer.from(id, 'base64url');
  if (!plausibleLengths.some((length) => length === bytes.length)) return false;
  const half = bytes.length / 2;
  return tailOf(bytes.subarray(0, half), vault).equals(bytes.subarray(half));
}
