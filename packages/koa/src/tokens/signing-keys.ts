/**
 * The keys that sign tokens: ES256, and RS256 for ID tokens of clients that want it.
 *
 * Owns: their life. Announced (published), then signing, then retired (published until the last token has expired), then
 * kept out of sight for a while, to recognise old ID tokens as hints, then gone.
 * Does not own: what is signed.
 */
import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { importJWK, type CryptoKey, type JWK } from 'jose';
import type { SigningKey } from '../model/signing-key.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import { bindingOf, makeSigningKey } from './make-signing-key.ts';
import { signJwt } from './sign-jwt.ts';
import { createSigningKeySet, isPublished, signerOf } from './signing-key-set.ts';

export const signingAlgorithms = ['ES256', 'RS256'] as const satisfies readonly SigningKey['algorithm'][];

/** An expired ID token is a hint for so long, and so long its key is remembered. */
export const hintSeconds = 30 * 86_400;

/** Others may keep the key set for half of it. */
const defaultAnnounceSeconds = 7_200;
/** Over the longest lifetime: checkers may let a token live a minute longer. */
const leewaySeconds = 300;

export interface SigningKeysDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  /** How long a new key is published before it signs. @default 7200 */
  readonly announceSeconds?: number;
}

export interface SigningKeys {
  /**
   * Makes the first keys, if there are none. To be called at start-up.
   *
   * @throws {Error} if a stored key cannot be opened: the host's key ring lacks the key that sealed it.
   */
  ensure(): Promise<void>;
  /** Signs a JWT with the key of this algorithm that signs now. */
  sign(claims: object, header: { readonly algorithm: SigningKey['algorithm']; readonly typ: string }): Promise<string>;
  /**
   * The public key of a token of ours that was good at that moment, also if the key is retired. Nothing that it signed
   * outlives its publication, so what says otherwise was made by somebody who has the old key.
   */
  findPublicKey(kid: string, algorithm: string, at: Date): Promise<CryptoKey | undefined>;
  /** The key set that is published (RFC 7517, section 5): no private member is ever in it. */
  publicJwks(): Promise<{ readonly keys: readonly JWK[] }>;
  /** For how long others may keep the key set: half as long as a new key is announced before it signs. */
  readonly cacheSeconds: number;
  /** Announces new keys of both algorithms. They sign after `announceSeconds`; the old ones sign until then. */
  rotate(): Promise<void>;
}

export function createSigningKeys({ store, vault, clock, announceSeconds = defaultAnnounceSeconds }: SigningKeysDeps): SigningKeys {
  const known = createSigningKeySet({ store, clock });
  const privateKeys = new Map<string, KeyObject>();
  const publicKeys = new Map<string, Promise<CryptoKey>>();
  const privateKeyOf = (key: SigningKey): KeyObject => {
    const opened = privateKeys.get(key.kid) ?? openKey(vault.open(key.privateJwk, bindingOf(key.kid)));
    privateKeys.set(key.kid, opened);
    return opened;
  };

  return {
    ensure: async () => {
      for (const algorithm of signingAlgorithms) await ensureKey(algorithm, { store, vault, clock });
      known.forget();
      const now = clock.now();
      for (const key of await known.list()) if (key.signsUntil === undefined || key.signsUntil > now) privateKeyOf(key);
    },
    sign: async (claims, { algorithm, typ }) => {
      const key = signerOf(await known.list(), algorithm, clock.now());
      if (key === undefined) throw new Error(`There is no ${algorithm} key: ensure() makes one.`);
      return signJwt(claims, { alg: algorithm, kid: key.kid, typ }, privateKeyOf(key));
    },
    findPublicKey: async (kid, algorithm, at) => {
      const key = await known.find(kid);
      // A key serves its own algorithm only (RFC 8725, section 3.1).
      return key?.algorithm === algorithm && isPublished(key, at) ? remember(publicKeys, key, () => key.publicJwk) : undefined;
    },
    publicJwks: async () => {
      const now = clock.now();
      const published = (await known.list()).filter((key) => isPublished(key, now));
      return { keys: published.map((key) => parseJwk(key.publicJwk)) };
    },
    cacheSeconds: Math.floor(announceSeconds / 2),
    rotate: async () => {
      await rotateKeys({ store, vault, clock }, announceSeconds);
      known.forget();
    },
  };
}

type KeyDeps = Pick<SigningKeysDeps, 'store' | 'vault' | 'clock'>;

async function ensureKey(algorithm: SigningKey['algorithm'], { store, vault, clock }: KeyDeps): Promise<void> {
  const now = clock.now();
  if (signerOf(await store.signingKeys.list(), algorithm, now) !== undefined) return;
  const key = await makeSigningKey(algorithm, { createdAt: now, signsFrom: now }, vault);
  // Making a key takes a while, and another process may have started meanwhile: whoever is first wins.
  await store.transaction(async (inside) => {
    if (signerOf(await inside.signingKeys.list(), algorithm, now) === undefined) await inside.signingKeys.insert(key);
  });
}

async function rotateKeys({ store, vault, clock }: KeyDeps, announceSeconds: number): Promise<void> {
  const now = clock.now();
  const signsFrom = after(now, announceSeconds);
  const publishedUntil = after(signsFrom, (await longestTokenSeconds(store)) + leewaySeconds);
  const keys = await Promise.all(signingAlgorithms.map((algorithm) => makeSigningKey(algorithm, { createdAt: now, signsFrom }, vault)));
  await store.transaction(async (inside) => {
    for (const key of keys) {
      await inside.signingKeys.retire(key.algorithm, signsFrom, publishedUntil);
      await inside.signingKeys.insert(key);
    }
    await inside.signingKeys.removeRetired(after(now, -hintSeconds));
    await inside.audit.insert({ kind: 'keys_rotated', at: now });
  });
}

/** Of any token that a key may sign. */
async function longestTokenSeconds(store: Store): Promise<number> {
  const clients = await store.clients.list();
  const spans = clients.flatMap(({ idTokenSeconds, accessTokenSeconds, resources }) =>
    [idTokenSeconds, accessTokenSeconds, ...resources.map((resource) => resource.accessTokenSeconds)]);
  return Math.max(0, ...spans);
}

/** Imports a public key once. A failure is not remembered. */
function remember(imported: Map<string, Promise<CryptoKey>>, key: SigningKey, read: () => string): Promise<CryptoKey> {
  const known = imported.get(key.kid);
  if (known !== undefined) return known;
  const importing = importKey(read(), key.algorithm);
  imported.set(key.kid, importing);
  importing.catch(() => imported.delete(key.kid));
  return importing;
}

async function importKey(json: string, algorithm: string): Promise<CryptoKey> {
  const key = await importJWK(parseJwk(json), algorithm);
  if (key instanceof Uint8Array) throw new Error('A signing key is not a symmetric one.');
  return key;
}

function openKey(json: string): KeyObject {
  return createPrivateKey({ format: 'jwk', key: JSON.parse(json) as JsonWebKey });
}

/** Of our own row, written by `make-signing-key.ts`. */
function parseJwk(json: string): JWK {
  return JSON.parse(json) as JWK;
}

function after(moment: Date, seconds: number): Date {
  return new Date(moment.getTime() + seconds * 1_000);
}
