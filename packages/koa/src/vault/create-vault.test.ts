import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Digest, Sealed } from '../model/ids.ts';
import { createVault } from './create-vault.ts';
import { systemRandom } from './system-random.ts';

const secret = 'a secret of the host, long enough to be one';
const other = 'another secret of the host, long enough too';
const vault = createVault(secret);

describe('digests', () => {
  test('the same secret has another digest for another purpose', () => {
    assert.equal(vault.digest('session', 'x'), vault.digest('session', 'x'));
    assert.notEqual(vault.digest('session', 'x'), vault.digest('link', 'x'));
    assert.match(vault.digest('session', 'x'), /^[\w-]{43}$/);
  });
  test('a digest does not depend on the host\'s secret, a keyed one does', () => {
    const stranger = createVault(other);
    assert.equal(vault.digest('session', 'x'), stranger.digest('session', 'x'));
    assert.notEqual(vault.keyedDigest('one-time-code', '123456', []), stranger.keyedDigest('one-time-code', '123456', []));
  });
  test('a keyed digest depends on purpose, secret, and every part of its context', () => {
    const digests = [
      vault.keyedDigest('one-time-code', 'x', ['a', 'b']), vault.keyedDigest('limit', 'x', ['a', 'b']),
      vault.keyedDigest('one-time-code', 'y', ['a', 'b']), vault.keyedDigest('one-time-code', 'x', ['ab']),
      vault.keyedDigest('one-time-code', 'x', ['a', 'b', '']), vault.keyedDigest('one-time-code', 'x', ['', 'ab']),
      vault.keyedDigest('one-time-code', 'x', ['1:a1:b']), vault.keyedDigest('one-time-code', 'x', ['b', 'a']),
    ];
    assert.equal(new Set(digests).size, digests.length);
  });
  test('digests match themselves only, of whatever length', () => {
    const one = vault.digest('session', 'x');
    assert.equal(vault.matches(one, one), true);
    assert.equal(vault.matches(one, vault.digest('session', 'y')), false);
    assert.equal(vault.matches(one, one.slice(1) as Digest), false);
    assert.equal(vault.matches(one, '' as Digest), false);
  });
});

describe('sealed values', () => {
  const row = 'signing_key:1:private_jwk';

  test('what was sealed opens, and is sealed differently each time', () => {
    for (const plain of ['', 'a secret', 'é\u0000\u{1F511}', 'x'.repeat(10_000)]) {
      assert.equal(vault.open(vault.seal(plain, row), row), plain);
    }
    assert.notEqual(vault.seal('x', row), vault.seal('x', row));
    assert.match(vault.seal('x', row), /^v1\.k1\.[\w-]{16}\.[\w-]+$/);
  });
  test('a value that was swapped into another row does not open', () => {
    assert.throws(() => vault.open(vault.seal('x', row), 'signing_key:2:private_jwk'), /changed, or it was sealed for another place/);
  });
  test('no byte of a sealed value can be changed, dropped or added', () => {
    const sealed = vault.seal('a secret', row);
    for (let at = 0; at < sealed.length; at += 1) {
      for (const letter of ['A', 'B', '.', '=', ' ', '']) {
        const changed = `${sealed.slice(0, at)}${letter}${sealed.slice(at + 1)}`;
        if (changed !== sealed) assert.throws(() => vault.open(changed as Sealed, row), Error, changed);
      }
    }
    for (const added of [`${sealed}A`, `${sealed}.`, `${sealed}.x`, ` ${sealed}`, `${sealed}=`, '', '....']) {
      assert.throws(() => vault.open(added as Sealed, row), Error, added);
    }
  });
  test('a tag that was cut short does not open', () => {
    const [version, id, iv, body = ''] = vault.seal('a secret', row).split('.');
    for (let bytes = 0; bytes < 24; bytes += 1) {
      const cut = Buffer.from(body, 'base64url').subarray(0, bytes).toString('base64url');
      assert.throws(() => vault.open(`${version}.${id}.${iv}.${cut}` as Sealed, row));
    }
  });
  test('another host\'s secret does not open it', () => {
    assert.throws(() => createVault(other).open(vault.seal('x', row), row));
  });
});

describe('the key ring', () => {
  const row = 'row';

  test('old keys open, the current one seals', () => {
    const before = vault.seal('old', row);
    const rotated = createVault({ current: '2030', keys: { k1: secret, 2030: other } });
    assert.equal(rotated.open(before, row), 'old');
    const sealed = rotated.seal('new', row);
    assert.match(sealed, /^v1\.2030\./);
    assert.equal(createVault({ current: '2030', keys: { 2030: other } }).open(sealed, row), 'new');
  });
  test('under a key that has gone nothing opens, and the key is named', () => {
    const later = createVault({ current: 'k2', keys: { k2: other } });
    assert.throws(() => later.open(vault.seal('x', row), row), /secret\.keys has no key "k1".* the id of a secret that was one text/);
    assert.throws(() => later.open('v1.toString.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAA' as Sealed, row), /no key "toString"/);
  });
  test('a value does not open under another id of the same secret', () => {
    const twice = createVault({ current: 'k1', keys: { k1: secret, k2: secret } });
    assert.throws(() => twice.open(twice.seal('x', row).replace('v1.k1.', 'v1.k2.') as Sealed, row));
  });
  test('a ring that cannot be right is refused, without telling a secret', () => {
    const short = 'x'.repeat(31);
    assert.throws(() => createVault(short), (fault: Error) => fault.message.startsWith('createAuth: secret is too short: 31 characters, 32') && !fault.message.includes(short));
    assert.throws(() => createVault({ current: 'a', keys: {} }), /secret\.current, "a", is not among/);
    assert.throws(() => createVault({ current: 'toString', keys: { a: secret } }), /secret\.current, "toString", is not among/);
    assert.throws(() => createVault({ current: 'a.b', keys: { 'a.b': secret } }), /key id "a.b"/);
    assert.throws(() => createVault({ current: 'a', keys: { a: secret, b: short } }), /secret\.keys\["b"\] is too short/);
  });
});

describe('the system\'s randomness', () => {
  test('secrets have 256 bits, ids 128, and digits are as many as asked', () => {
    assert.equal(Buffer.from(systemRandom.secret(), 'base64url').length, 32);
    assert.equal(Buffer.from(systemRandom.id(), 'base64url').length, 16);
    assert.match(systemRandom.digits(6), /^\d{6}$/);
    assert.notEqual(systemRandom.secret(), systemRandom.secret());
    const seen = new Set(systemRandom.digits(2000));
    assert.equal(seen.size, 10);
  });
});
