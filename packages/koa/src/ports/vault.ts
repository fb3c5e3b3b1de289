import type { Digest, Sealed } from '../model/ids.ts';

/** What a secret is for. Two secrets of different purposes never have the same digest. */
export type SecretPurpose =
  | 'flow-handle'
  | 'browser'
  | 'session'
  | 'backend-session'
  | 'device'
  | 'device-alarm'
  | 'link'
  | 'webauthn-challenge'
  | 'approval'
  | 'provider-state'
  | 'authorization-code'
  | 'refresh-token'
  | 'request-uri'
  | 'client-secret'
  | 'one-time-code'
  | 'access-code'
  | 'contact-code'
  | 'contact-link'
  | 'contact-undo'
  | 'recovery-code'
  | 'puzzle'
  | 'identity'
  | 'limit';

/** Keeps secrets: as digests where they are only compared, sealed where they must be read back. */
export interface Vault {
  /** For secrets of 128 bits or more: SHA-256 over purpose and secret. */
  digest(purpose: SecretPurpose, secret: string): Digest;
  /** For what can be guessed (six digits, an address): HMAC under the host's current key, over purpose, context and secret. */
  keyedDigest(purpose: SecretPurpose, secret: string, context: readonly string[]): Digest;
  /** Whether two digests are the same, in constant time. */
  matches(one: Digest, other: Digest): boolean;
  /** Encrypts under the host's current key. `binding` names the row and column: elsewhere it does not open. */
  seal(plain: string, binding: string): Sealed;
  /** Whether it was sealed under the host's current key, not an older one of its ring. */
  isCurrent(sealed: Sealed): boolean;
  /** @throws {Error} if it was sealed elsewhere, changed, or under a key that the ring no longer has. */
  open(sealed: Sealed, binding: string): string;
}
