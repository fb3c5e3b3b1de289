import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { encodeCbor, type Cbor } from './cbor.ts';

export type KeyAlgorithm = 'ES256' | 'EdDSA' | 'RS256';

/** A key pair as an authenticator holds it. */
export interface SoftwareKey {
  /** COSE_Key (RFC 9052, section 7). */
  readonly publicKey: Buffer;
  sign(bytes: Uint8Array): Buffer;
}

function generate(algorithm: KeyAlgorithm): { publicKey: KeyObject; privateKey: KeyObject } {
  switch (algorithm) {
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 'EdDSA':
      return generateKeyPairSync('ed25519');
    case 'RS256':
      return generateKeyPairSync('rsa', { modulusLength: 2_048 });
    default:
      return algorithm satisfies never;
  }
}

function coseOf(algorithm: KeyAlgorithm, publicKey: KeyObject): Map<number, Cbor> {
  const jwk = publicKey.export({ format: 'jwk' });
  const member = (name: 'x' | 'y' | 'n' | 'e') => Buffer.from(jwk[name] ?? '', 'base64url');
  switch (algorithm) {
    case 'ES256':
      return new Map<number, Cbor>([[1, 2], [3, -7], [-1, 1], [-2, member('x')], [-3, member('y')]]);
    case 'EdDSA':
      return new Map<number, Cbor>([[1, 1], [3, -8], [-1, 6], [-2, member('x')]]);
    case 'RS256':
      return new Map<number, Cbor>([[1, 3], [3, -257], [-1, member('n')], [-2, member('e')]]);
    default:
      return algorithm satisfies never;
  }
}

/** Makes a key pair. `claimedAlgorithm` is written into the COSE key in place of the true one. */
export function createSoftwareKey(algorithm: KeyAlgorithm, claimedAlgorithm?: number): SoftwareKey {
  const { publicKey, privateKey } = generate(algorithm);
  const cose = coseOf(algorithm, publicKey);
  if (claimedAlgorithm !== undefined) cose.set(3, claimedAlgorithm);
  return {
    publicKey: encodeCbor(cose),
    sign: (bytes) => sign(algorithm === 'EdDSA' ? null : 'sha256', bytes, privateKey),
  };
}
