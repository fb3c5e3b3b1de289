import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { AuthError } from '../model/auth-error.ts';
import { parseEmail } from './canonical.ts';
import { acceptedAddresses, refusedAddresses } from '../../test/odd-addresses.ts';

function canonicalOf(input: string): string | undefined {
  try {
    return parseEmail(input).canonical;
  } catch (error) {
    assert.ok(error instanceof AuthError);
    assert.equal(error.code, 'email_malformed');
    return undefined;
  }
}

describe('an e-mail address', () => {
  for (const [typed, canonical, why] of acceptedAddresses) {
    test(`${JSON.stringify(typed)} is ${canonical}: ${why}`, () => {
      assert.equal(canonicalOf(typed), canonical);
      assert.equal(canonicalOf(canonical), canonical);
    });
  }

  for (const [typed, why] of refusedAddresses) {
    test(`${JSON.stringify(typed)} is refused: ${why}`, () => {
      assert.equal(canonicalOf(typed), undefined);
    });
  }

  test('is shown as it was typed, without the space around it', () => {
    assert.equal(parseEmail('  Ada.Lovelace@Bücher.Example\n').typed, 'Ada.Lovelace@Bücher.Example');
  });

  test('has one canonical form, whose canonical form is itself', () => {
    const part = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.emailAddress());
    const address = fc.oneof(
      fc.emailAddress(),
      part,
      fc.tuple(part, fc.constantFrom('@', '＠', '﹫'), fc.oneof(fc.domain(), part)).map((parts) => parts.join('')),
      fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.domain()).map((parts) => parts.join('@')),
    );
    fc.assert(
      fc.property(address, (input) => {
        const canonical = canonicalOf(input);
        if (canonical === undefined) return;
        assert.equal(canonicalOf(canonical), canonical);
        assert.equal(canonical.split('@').length, 2);
        assert.doesNotMatch(canonical, /[\s",;:<>()[\]\\\p{C}]/u);
        assert.ok(Buffer.byteLength(canonical) <= 254);
      }),
      { numRuns: 5_000 },
    );
  });

  test('reaches the same canonical form in any case and width', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        const canonical = canonicalOf(email);
        if (canonical === undefined) return;
        const wide = email.replaceAll(/[!-~]/g, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) + 0xfee0));
        assert.equal(canonicalOf(email.toUpperCase()), canonical);
        assert.equal(canonicalOf(wide), canonical);
      }),
    );
  });
});
