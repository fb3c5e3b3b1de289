import { createHash } from 'node:crypto';

/** SHA-256, base64url. For secrets of 256 bits, which need no slow hash. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
