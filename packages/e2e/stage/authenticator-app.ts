/** What an authenticator app on somebody's phone does with the key that it was shown (RFC 6238). */
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function bytesOf(key: string): Buffer {
  const bits = [...key.replaceAll(' ', '')].map((character) => alphabet.indexOf(character).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** The digits of now, or of so many half minutes from now. At the end of a half minute it waits for the next, as people do. */
export async function digitsOf(key: string, steps = 0): Promise<string> {
  const left = 30_000 - (Date.now() % 30_000);
  if (left < 5_000) await sleep(left);
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac('sha1', bytesOf(key)).update(counter).digest();
  const truncated = mac.readUInt32BE(mac.readUInt8(19) & 0xf) & 0x7fffffff;
  return String(truncated % 1_000_000).padStart(6, '0');
}
