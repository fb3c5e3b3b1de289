import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AuthError } from '../model/auth-error.ts';
import { parseIfUsername, parseUsername } from './canonical-username.ts';

describe('a username', () => {
  for (const [typed, canonical] of [
    ['ada', 'ada'], [' Ada ', 'ada'], ['ＡＤＡ', 'ada'], ['ada.lovelace_1815-x', 'ada.lovelace_1815-x'], ['Straße', 'strasse'], ['STRASSE', 'strasse'],
    ['José', 'josé'], ['Jose\u0301', 'josé'], ['ΟΔΟΣ', 'οδος'], ['οδοσ', 'οδος'], ['たろう太郎', 'たろう太郎'], ['ﬁnn', 'finn'], ['x'.repeat(64), 'x'.repeat(64)], ['١٢ليلى', '١٢ليلى'],
  ] as const) {
    test(`"${typed}" is compared as "${canonical}"`, () => {
      assert.equal(parseUsername(typed).canonical, canonical);
      assert.equal(parseUsername(typed).typed, typed.trim());
    });
  }

  for (const [why, typed] of [
    ['too short', 'ab'], ['too long', 'x'.repeat(65)], ['long beyond all measure', 'x'.repeat(100_000)], ['empty', ''], ['an address', 'ada@example.test'], ['an address in full width', 'ada＠example'],
    ['a number', '+4915110000001'], ['digits', '123456'], ['digits and dots', '0151.100.00'], ['a sign at its beginning', '.ada'], ['a sign at its end', 'ada-'], ['two signs together', 'ada..b'],
    ['a space inside', 'ada b'], ['letters of two scripts', 'аda'], ['Latin beside Greek', 'adaω'], ['a mark alone', '\u0301\u0301\u0301'], ['what cannot be seen', 'a\u00adda'], ['a zero-width joiner', 'a\u200dda'],
    ['a mark of direction', '\u202eada'], ['a character U+0000', 'ada\0'], ['half a surrogate pair', 'ada\ud800'], ['a symbol', 'ada★x'], ['markup', '<b>ada</b>'], ['a script of no living people', '𐌀𐌁𐌂'],
  ] as const) {
    test(`is not ${why}`, () => {
      assert.equal(parseIfUsername(typed), undefined);
      assert.throws(() => parseUsername(typed), (fault) => fault instanceof AuthError && fault.code === 'username_malformed');
    });
  }

  test('of any letter is the same when it is parsed again', () => {
    for (let point = 0x21; point < 0x3_2000; point += 1) {
      const parsed = parseIfUsername(String.fromCodePoint(point).repeat(3));
      if (parsed !== undefined) assert.equal(parseUsername(parsed.canonical).canonical, parsed.canonical, point.toString(16));
    }
  });
});
