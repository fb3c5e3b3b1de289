import { hkdfSync } from 'node:crypto';
import { compactDecrypt, CompactEncrypt, errors, type CompactJWEHeaderParameters } from 'jose';

/** Keeps values where a browser or a store can hold them and neither read nor change them. */
export interface SealedBox {
  seal(value: unknown): Promise<string>;
  /** `undefined` for whatever this box did not seal: another purpose, another key, a changed character. */
  open(text: string): Promise<unknown>;
}

/**
 * Authenticated encryption (JWE, `dir`, `A256GCM`). Each purpose has keys of its own (HKDF, RFC 5869), so that nothing
 * sealed for one is opened for another. The first secret seals; all of them open, so that a secret can be replaced
 * without signing anybody out.
 */
export function createSealedBox(secrets: readonly string[], purpose: string): SealedBox {
  const ring = secrets.map((secret) => ({ kid: derive(secret, `${purpose} kid`, 6).toString('base64url'), key: derive(secret, purpose, 32) }));
  const [first] = ring;
  if (first === undefined) throw new TypeError('signIn: cookieSecret is empty');
  const keyOf = ({ kid }: CompactJWEHeaderParameters): Uint8Array => {
    const found = ring.find((entry) => entry.kid === kid);
    if (found === undefined) throw new errors.JWEDecryptionFailed();
    return found.key;
  };
  return {
    seal: (value) =>
      new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: first.kid })
        .encrypt(first.key),
    open: async (text) => {
      try {
        const allowed = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
        const { plaintext } = await compactDecrypt(text, keyOf, allowed);
        return JSON.parse(new TextDecoder().decode(plaintext)) as unknown;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}

const derive = (secret: string, info: string, length: number): Buffer => Buffer.from(hkdfSync('sha256', secret, 'portico-client', info, length));
