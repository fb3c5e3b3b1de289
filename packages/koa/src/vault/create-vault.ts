import { createCipheriv, createDecipheriv, createHmac, hash, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { Digest, Sealed } from '../model/ids.ts';
import type { Vault } from '../ports/vault.ts';
import type { KeyRing } from './key-ring.ts';
import { DEFAULT_KEY_ID, deriveKey, parseKeyRing } from './key-ring.ts';
import { systemNonce } from './system-nonce.ts';

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Derived keys by what they are for; derivation is the slow part. */
type FindKey = (keyId: string, use: string) => KeyObject;

/**
 * A vault under the host's secret, or under a ring of them that can rotate.
 *
 * Digests are SHA-256, keyed ones HMAC-SHA-256, sealed values AES-256-GCM: `v1.<key id>.<iv>.<ciphertext and tag>`.
 * Every key of the ring opens; only the current one seals and keys digests.
 *
 * @param secret 32 characters or more of random text; alone it has the key id `k1`.
 * @throws {Error} if a secret is too short, a key id is malformed, or the current key is missing.
 */
export function createVault(secret: string | KeyRing): Vault {
  const ring = parseKeyRing(secret);
  const findKey = rememberKeys(ring);
  return {
    digest: (purpose, value) => hash('sha256', `${purpose}\0${value}`, 'base64url') as Digest,
    keyedDigest: (purpose, value, context) =>
      keyedHash(findKey(ring.current, `digest:${purpose}`), [...context, value]),
    matches,
    seal: (plain, binding) => seal(plain, binding, { id: ring.current, sealing: findKey(ring.current, 'seal') }),
    isCurrent: (sealed) => sealed.startsWith(`${VERSION}.${ring.current}.`),
    open: (sealed, binding) => open(sealed, binding, findKey),
  };
}

function rememberKeys(ring: KeyRing): FindKey {
  const derived = new Map<string, KeyObject>();
  return (keyId, use) => {
    const name = `${keyId}:${use}`;
    const known = derived.get(name);
    if (known !== undefined) return known;
    const secret = Object.hasOwn(ring.keys, keyId) ? ring.keys[keyId] : undefined;
    if (secret === undefined) throw new Error(`secret.keys has no key "${keyId}", under which this value was sealed.${keyId === DEFAULT_KEY_ID ? ' It is the id of a secret that was one text.' : ''}`);
    const key = deriveKey(secret, use);
    derived.set(name, key);
    return key;
  };
}

/** Every part goes in with its length, so that no two lists of parts look the same. */
function keyedHash(key: KeyObject, parts: readonly string[]): Digest {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:`).update(part);
  return hmac.digest('base64url') as Digest;
}

function matches(one: Digest, other: Digest): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function seal(plain: string, binding: string, key: { readonly id: string; readonly sealing: KeyObject }): Sealed {
  const iv = systemNonce(IV_BYTES);
  const head = `${VERSION}.${key.id}`;
  const cipher = createCipheriv(CIPHER, key.sealing, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(head, binding));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${head}.${iv.toString('base64url')}.${body.toString('base64url')}` as Sealed;
}

function open(sealed: Sealed, binding: string, findKey: FindKey): string {
  const [version, keyId, iv, body, ...rest] = sealed.split('.');
  if (version !== VERSION || keyId === undefined || iv === undefined || body === undefined || rest.length > 0) {
    throw new Error('This is not a sealed value.');
  }
  return decipher({ head: `${version}.${keyId}`, iv: decode(iv), body: decode(body) }, binding, findKey(keyId, 'seal'));
}

interface SealedParts {
  readonly head: string;
  readonly iv: Buffer;
  readonly body: Buffer;
}

function decipher({ head, iv, body }: SealedParts, binding: string, key: KeyObject): string {
  if (iv.length !== IV_BYTES || body.length < TAG_BYTES) throw new Error('This is not a sealed value.');
  const split = body.length - TAG_BYTES;
  const cipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(head, binding)).setAuthTag(body.subarray(split));
  try {
    return Buffer.concat([cipher.update(body.subarray(0, split)), cipher.final()]).toString('utf8');
  } catch (cause) {
    throw new Error('A sealed value was changed, or it was sealed for another place.', { cause });
  }
}

/** Version and key id are authenticated too. */
function boundTo(head: string, binding: string): Buffer {
  return Buffer.from(`${head}\0${binding}`);
}

/** Strict: one sealed value has one spelling. Node's decoder alone skips what it does not know. */
function decode(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw new Error('This is not a sealed value.');
  return bytes;
}
