import type { KeyObject } from 'node:crypto';
import type { SigningKey } from '../model/signing-key.ts';
import type { Signer } from './signer.ts';

/** A JWT in the compact form (RFC 7515, section 3.1), of claims that `JSON.stringify` writes. */
export async function signJwt(
  claims: object,
  header: { readonly alg: SigningKey['algorithm']; readonly kid: string; readonly typ: string },
  { key, sign }: { readonly key: KeyObject; readonly sign: Signer },
): Promise<string> {
  const content = `${encode(header)}.${encode(claims)}`;
  const signature = await sign(Buffer.from(content, 'ascii'), header.alg, key);
  return `${content}.${signature.toString('base64url')}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
