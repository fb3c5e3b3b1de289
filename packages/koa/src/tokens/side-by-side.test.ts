import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { test } from 'node:test';
import { sideBySide } from './side-by-side.ts';

test('a signature in DER, whatever the length of its numbers, is one of 64 bytes that verifies', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const lengths = new Set<number>();
  for (let turn = 0; turn < 2_000; turn += 1) {
    const message = Buffer.from(`message ${turn}`);
    const der = sign('sha256', message, privateKey);
    lengths.add(der.length);
    const signature = sideBySide(der);
    assert.equal(signature.length, 64);
    assert.ok(verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature), der.toString('hex'));
  }
  assert.ok(lengths.size > 2, 'numbers with a sign, without, and short ones were among them');
});

test('small numbers stand at the end of their halves', () => {
  const signature = sideBySide(Buffer.from([0x30, 0x07, 0x02, 0x01, 0x05, 0x02, 0x02, 0x00, 0x80]));
  assert.deepEqual([signature[31], signature[63], signature.reduce((sum, byte) => sum + byte, 0)], [0x05, 0x80, 0x85]);
});

test('what is no signature is refused', () => {
  for (const bytes of [[], [0x30, 0x02, 0x03, 0x00], [0x31, 0x07, 0x02, 0x01, 0x05, 0x02, 0x01, 0x06]]) {
    assert.throws(() => sideBySide(Buffer.from(bytes)), /no signature/);
  }
});
