/** What the software authenticator writes in CBOR (RFC 8949). A `Map` keeps integer keys apart from texts. */
export type Cbor = number | string | Uint8Array | Map<number | string, Cbor>;

function head(majorType: number, value: number): Buffer {
  const start = majorType << 5;
  if (value < 24) return Buffer.from([start | value]);
  if (value < 0x100) return Buffer.from([start | 24, value]);
  return Buffer.from([start | 25, value >> 8, value & 0xff]);
}

/** Encodes integers down to -65536 and up to 65535, texts, bytes and maps of them: all that WebAuthn needs. */
export function encodeCbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  const entries = [...value].flatMap(([key, item]) => [encodeCbor(key), encodeCbor(item)]);
  return Buffer.concat([head(5, value.size), ...entries]);
}
