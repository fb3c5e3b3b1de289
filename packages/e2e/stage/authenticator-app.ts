/** What an authenticator app on somebody's phone does with the key that it was shown (RFC 6238). */
import { createHmac } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function bytesOf(key: string): Buffer {
  const bits = [...key.replaceAll(' ', '')].map((character) => alphabet.indexOf(character).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/**
 * The digits of now, or of the next half minute. Both are taken for half a minute at least (RFC 6238, section 5.2), however
 * slowly they are typed; those of the half minute before might end meanwhile, so there is no way to ask for them.
 */
export function digitsOf(key: string, when: 'now' | 'next' = 'now'): string {
  const steps = when === 'now' ? 0 : 1;
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac('sha1', bytesOf(key)).update(counter).digest();
  const truncated = mac.readUInt32BE(mac.readUInt8(19) & 0xf) & 0x7fffffff;
  return String(truncated % 1_000_000).padStart(6, '0');
}
