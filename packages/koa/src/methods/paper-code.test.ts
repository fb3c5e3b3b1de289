import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemRandom } from '../vault/system-random.ts';
import { groupPaperCode, newPaperCode, normalizePaperCode } from './paper-code.ts';

test('a code on paper is four groups of four, of characters that nobody takes for others', () => {
  const codes = Array.from({ length: 200 }, () => newPaperCode(systemRandom));
  for (const code of codes) assert.match(code, /^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/);
  assert.equal(new Set(codes).size, codes.length);
  for (const code of codes) assert.equal(groupPaperCode(normalizePaperCode(code) ?? ''), code);
});

test('a code on paper may be typed in capitals, without hyphens, with letters for the digits that they look like', () => {
  for (const typed of ['01ab-cdef-ghjk-mnpq', 'OIAB CDEF GHJK MNPQ', '0labcdefghjkmnpq', ' 01ab–cdef–ghjk–mnpq ', '０１ab-cdef-ghjk-mnpq']) {
    assert.equal(normalizePaperCode(typed), '01abcdefghjkmnpq', typed);
  }
  for (const typed of ['', '01ab-cdef-ghjk', '01ab-cdef-ghjk-mnpqr', '01ab-cdef-ghjk-mnp!', '01ab-cdef-ghjk-mnpu']) assert.equal(normalizePaperCode(typed), undefined, typed);
});
