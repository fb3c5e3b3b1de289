import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isPhoneCountry, parseIfPhone, parsePhone } from './canonical-phone.ts';

const accepted: readonly (readonly [typed: string, country: string | undefined, canonical: string, why: string])[] = [
  ['0151 23456789', 'DE', '+4915123456789', 'the country of the app is meant where none is typed'],
  ['+49 (0)151 2345-6789', undefined, '+4915123456789', 'a zero in brackets is not dialled from abroad'],
  ['0049 151 23456789', 'DE', '+4915123456789', 'two zeros are a plus'],
  ['+43 664 1234567', 'DE', '+436641234567', 'a country that is typed counts'],
  ['０１５１２３４５６７８９', 'DE', '+4915123456789', 'digits of full width'],
  ['٠١٥١٢٣٤٥٦٧٨٩', 'DE', '+4915123456789', 'Arabic digits'],
  ['०१५१२३४५६७८९', 'DE', '+4915123456789', 'Devanagari digits'],
  ['+๔๙ ๑๕๑ ๒๓๔๕๖๗๘๙', undefined, '+4915123456789', 'Thai digits'],
  ['49 151 23456789', 'DE', '+4915123456789', 'a plus that was left out'],
  ['\u202a+49 151 23456789\u202c', undefined, '+4915123456789', 'marks of direction from an address book'],
  ['+49\u00a0151\u00a023456789', undefined, '+4915123456789', 'spaces that do not break'],
  ['011 15-2345-6789', 'AR', '+5491123456789', 'a trunk prefix in the middle'],
  ['0731 234567', 'UG', '+256731234567', 'a range that came late, and that peers refused (ory/kratos f776035)'],
  ['+1 415 555 0132', undefined, '+14155550132', 'a country where mobile numbers look like all others'],
];

const refused: readonly (readonly [typed: string, country: string | undefined, why: string])[] = [
  ['', 'DE', 'nothing'],
  ['ada@example.com', 'DE', 'an address'],
  ['0151 23456789', undefined, 'no country, and none is meant'],
  ['49 151 23456789', undefined, 'a plus that was left out, and no country is meant'],
  ['43 664 1234567', 'DE', 'a plus that was left out before another country'],
  ['0151 23456789', 'XX', 'a country that there is not'],
  ['+49 30 901820', undefined, 'a landline'],
  ['+1 900 555 0132', undefined, 'a premium number'],
  ['+1 800 555 0199', undefined, 'a number that is free to call'],
  ['+882 16 12345678', undefined, 'a satellite: no country'],
  ['+979 123456789', undefined, 'an international premium number'],
  ['+49 151 2345678901234', undefined, 'too many digits'],
  ['+49 151', undefined, 'too few digits'],
  ['+49 151 23456789 ext 5', undefined, 'an extension'],
  ['+49 151 23456789;ext=5', undefined, 'an extension, as URIs have it'],
  ['tel:+4915123456789', undefined, 'a URI'],
  ['+49 151 23456789, +43 664 1234567', undefined, 'two numbers'],
  ['0151-FLOWERS', 'DE', 'letters'],
  ['+49\u0000151 23456789', undefined, 'a NUL character'],
  ['+49 151\n23456789', undefined, 'two lines'],
  ['++49 151 23456789', undefined, 'two plus signs'],
  [`+49${' '.repeat(70)}151 23456789`, undefined, 'more text than a number has'],
];

describe('a phone number', () => {
  for (const [typed, country, canonical, why] of accepted) {
    test(`${JSON.stringify(typed)} is ${canonical}: ${why}`, () => {
      const parsed = parsePhone(typed, country);
      assert.equal(parsed.canonical, canonical);
      assert.equal(parsePhone(parsed.canonical).canonical, canonical, 'the canonical form of the canonical form');
      assert.equal(parsePhone(parsed.typed, country).canonical, canonical, 'what is shown means the same');
      assert.doesNotMatch(parsed.typed, /\p{C}/u);
    });
  }

  for (const [typed, country, why] of refused) {
    test(`${JSON.stringify(typed)} is refused: ${why}`, () => {
      assert.equal(parseIfPhone(typed, country), undefined);
    });
  }

  test('says where it is', () => {
    assert.equal(parsePhone('+43 664 1234567', 'DE').country, 'AT');
    assert.equal(parsePhone('+7 701 234 5678').country, 'KZ');
    assert.equal(parsePhone('+1 876 555 0132').country, 'JM', 'one calling code, another country');
    assert.deepEqual([isPhoneCountry('DE'), isPhoneCountry('XX'), isPhoneCountry('de')], [true, false, false]);
  });

  test('of any text is E.164 or nothing, and never a fault', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      const parsed = parseIfPhone(text, 'DE');
      if (parsed !== undefined) assert.match(parsed.canonical, /^\+[1-9]\d{6,14}$/);
    }));
    fc.assert(fc.property(fc.stringMatching(/^[+0-9 ()./-]{1,20}$/), (text) => {
      const parsed = parseIfPhone(text, 'DE');
      if (parsed !== undefined) assert.equal(parsePhone(parsed.canonical).canonical, parsed.canonical);
    }));
  });
});
