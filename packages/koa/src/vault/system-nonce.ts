import { randomBytes } from 'node:crypto';

/**
 * A number used once, from the operating system. No port: a test that held it in its hand could make two seals under one
 * nonce, which breaks AES-GCM.
 */
export function systemNonce(bytes: number): Buffer {
  return randomBytes(bytes);
}
