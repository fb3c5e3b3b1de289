/** Of P-256: R and S have as many bytes each. */
const halfBytes = 32;

/**
 * An ES256 signature as a JWT has it, R and S side by side (RFC 7518, section 3.4), of one as OpenSSL writes it: a sequence
 * of two integers in DER (RFC 3279, section 2.2.3). Node would do this by itself if it were told with the key, and takes
 * as long to look at what it was told as to sign.
 */
export function sideBySide(der: Buffer): Buffer {
  const signature = Buffer.alloc(2 * halfBytes);
  // 0x30, the length of the whole, then twice: 0x02, a length, the number. All of it is shorter than 128 bytes.
  const [tag, , firstTag, firstLength = 0] = der;
  const second = 4 + firstLength;
  if (tag !== 0x30 || firstTag !== 0x02 || der[second] !== 0x02) throw new Error('This is no signature in DER.');
  place(der.subarray(4, second), signature.subarray(0, halfBytes));
  place(der.subarray(second + 2), signature.subarray(halfBytes));
  return signature;
}

/** A number that is short has zeros before it; one whose first bit is set has a zero too many, as a sign. */
function place(number: Buffer, half: Buffer): void {
  const digits = number.length > halfBytes ? number.subarray(number.length - halfBytes) : number;
  half.set(digits, halfBytes - digits.length);
}
