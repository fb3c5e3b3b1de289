import { createHmac } from 'node:crypto';
import type { TotpParameters } from '../../model/totp.ts';

/** The digits of a counter (RFC 4226, section 5.3), under the hash of RFC 6238. A library would be longer than this. */
export function oneTimeDigits(secret: Buffer, counter: number, { algorithm, digits }: Pick<TotpParameters, 'algorithm' | 'digits'>): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac(algorithm.toLowerCase(), secret).update(message).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0xf;
  const truncated = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(truncated % 10 ** digits).padStart(digits, '0');
}

/** The step that a moment falls in (RFC 6238, section 4.2). */
export function stepAt(moment: Date, { periodSeconds }: Pick<TotpParameters, 'periodSeconds'>): number {
  return Math.floor(moment.getTime() / 1_000 / periodSeconds);
}
