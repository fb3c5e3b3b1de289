import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { SigningKey } from '../model/signing-key.ts';
import type { Vault } from '../ports/vault.ts';

/** NIST SP 800-57 part 1, table 4: 128 bits of strength. */
const rsaBits = 3_072;

/** Makes a key pair that signs from `signsFrom`. The private half is sealed before it leaves this function. */
export async function makeSigningKey(
  algorithm: SigningKey['algorithm'],
  times: { readonly createdAt: Date; readonly signsFrom: Date },
  vault: Vault,
): Promise<SigningKey> {
  const pair = await generateKeyPair(algorithm, { extractable: true, modulusLength: rsaBits });
  const publicJwk = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  return {
    kid,
    algorithm,
    publicJwk: JSON.stringify({ ...publicJwk, kid, alg: algorithm, use: 'sig' }),
    privateJwk: vault.seal(JSON.stringify(await exportJWK(pair.privateKey)), bindingOf(kid)),
    ...times,
  };
}

/** Where a private key is sealed: nowhere else does it open. */
export function bindingOf(kid: string): string {
  return `signing_key:${kid}`;
}
