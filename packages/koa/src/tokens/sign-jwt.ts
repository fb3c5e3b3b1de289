import { sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { SigningKey } from '../model/signing-key.ts';
import { sideBySide } from './side-by-side.ts';

const signInBackground = promisify(sign);

/**
 * A JWT in the compact form (RFC 7515, section 3.1), of claims that `JSON.stringify` writes.
 *
 * ES256 takes less time than handing it to another thread and back would; RS256 takes ten times as long, and is handed
 * over. As ES256 signs at once, the writes of an exchange are committed together.
 */
export async function signJwt(claims: object, header: { readonly alg: SigningKey['algorithm']; readonly kid: string; readonly typ: string }, key: KeyObject): Promise<string> {
  const content = `${encode(header)}.${encode(claims)}`;
  const bytes = Buffer.from(content, 'ascii');
  const signature = header.alg === 'ES256' ? sideBySide(sign('sha256', bytes, key)) : await signInBackground('sha256', bytes, key);
  return `${content}.${signature.toString('base64url')}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
