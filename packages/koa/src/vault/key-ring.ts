import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/**
 * The host's secrets, each under a name of its own, and the one that seals what is new.
 *
 * To rotate: add a key, make it `current`, keep the old one while anything that it sealed is still there. Keyed digests
 * are the current key's alone, so one-time codes that are out at that moment no longer match, and limits begin anew.
 */
export interface KeyRing {
  /** The id of the key that seals. Letters, digits, `-` and `_`. */
  readonly current: string;
  /** Id to secret, each of 32 characters or more; not passwords, but random text. */
  readonly keys: Readonly<Record<string, string>>;
}

const SHORTEST_SECRET = 32;
const KEY_BYTES = 32;
/** Of a secret that is one text, and no ring. */
export const DEFAULT_KEY_ID = 'k1';

/** @throws {Error} naming what is wrong with the ring as the host wrote it, never a secret of it. */
export function parseKeyRing(secret: string | KeyRing): KeyRing {
  if (typeof secret === 'string') {
    checkLength(secret, 'secret');
    return { current: DEFAULT_KEY_ID, keys: { [DEFAULT_KEY_ID]: secret } };
  }
  for (const [id, value] of Object.entries(secret.keys)) {
    if (!/^[\w-]+$/.test(id)) throw new Error(`createAuth: the key id "${id}" in secret.keys must be of letters, digits, "-" and "_".`);
    checkLength(value, `secret.keys["${id}"]`);
  }
  if (!Object.hasOwn(secret.keys, secret.current)) throw new Error(`createAuth: secret.current, "${secret.current}", is not among secret.keys.`);
  return secret;
}

function checkLength({ length }: string, name: string): void {
  if (length < SHORTEST_SECRET) throw new Error(`createAuth: ${name} is too short: ${length} characters, ${SHORTEST_SECRET} are needed.`);
}

/**
 * One key for one use (RFC 5869), so that what is made for one use says nothing of another. As an object, which Node takes
 * as it is: to find out that bytes are a key costs it five times what a digest costs.
 */
export function deriveKey(secret: string, use: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'portico', use, KEY_BYTES)));
}
