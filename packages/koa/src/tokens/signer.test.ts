import assert from 'node:assert/strict';
import { generateKeyPairSync, verify, type KeyObject } from 'node:crypto';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { createSigner } from './signer.ts';

const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const message = (number: number): Buffer => Buffer.from(`message ${number}`);

function isSigned(number: number, signature: Buffer, key: KeyObject): boolean {
  return verify('sha256', message(number), { key, dsaEncoding: 'ieee-p1363' }, signature);
}

/** What is done when this turn of the event loop is over, without waiting for another thread. */
async function doneInThisTurn(signatures: readonly Promise<Buffer>[]): Promise<number> {
  let done = 0;
  for (const signature of signatures) void signature.then(() => { done += 1; });
  await new Promise<void>((resolve) => { process.nextTick(() => queueMicrotask(resolve)); });
  return done;
}

test('the two signatures of whoever comes alone are made at once', async () => {
  const sign = createSigner();
  for (const turn of [1, 2, 3]) {
    const signatures = [sign(message(turn), 'ES256', elliptic.privateKey), sign(message(turn), 'ES256', elliptic.privateKey)];
    assert.equal(await doneInThisTurn(signatures), 2);
    for (const signature of await Promise.all(signatures)) assert.ok(isSigned(turn, signature, elliptic.publicKey));
    await setImmediate();
  }
});

test('of many in one turn all but the first are signed meanwhile, and each gets its own', async () => {
  const sign = createSigner();
  const signatures = Array.from({ length: 64 }, (_, number) => sign(message(number), 'ES256', elliptic.privateKey));
  assert.equal(await doneInThisTurn(signatures), 2);
  for (const [number, signature] of (await Promise.all(signatures)).entries()) assert.ok(isSigned(number, signature, elliptic.publicKey));
});

test('who comes while another thread signs does not go before those who wait', async () => {
  const sign = createSigner();
  const slow = sign(message(0), 'RS256', rsa.privateKey);
  const late = sign(message(1), 'ES256', elliptic.privateKey);
  assert.equal(await doneInThisTurn([late]), 0);
  assert.ok(isSigned(1, await late, elliptic.publicKey));
  assert.ok(verify('sha256', message(0), rsa.publicKey, await slow));
});

test('a key that cannot sign is a fault, and the next one signs', async () => {
  const sign = createSigner();
  for (let turn = 0; turn < 5; turn += 1) await assert.rejects(sign(message(0), 'ES256', elliptic.publicKey));
  assert.ok(isSigned(1, await sign(message(1), 'ES256', elliptic.privateKey), elliptic.publicKey));
});
