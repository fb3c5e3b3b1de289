import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readReturnPath } from './return-path.ts';

const origin = 'https://notes.example';

for (const good of ['/', '/notes', '/notes?id=1&x=%2F%2Fevil.example', '/a/b#c', '/ä', '/?next=https://evil.example', '/a//b', '/@evil.example']) {
  test(`${good} is a path of ours`, () => {
    const path = readReturnPath(good, origin);
    assert.equal(path, new URL(good, origin).href.slice(origin.length));
  });
}

const attacks: readonly unknown[] = [
  undefined,
  null,
  7,
  ['/a', '/b'],
  { toString: () => '/a' },
  '',
  'notes',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '\t//evil.example',
  ' //evil.example',
  '/ /evil.example',
  '/\u0000/evil.example',
  '/\u00a0/x',
  '/.//evil.example',
  '/..//evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  'https://evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https://notes.example/notes',
  'https://notes.example@evil.example/',
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  'data:text/html,x',
  '?x',
  '#x',
  '@evil.example',
  `/${'a'.repeat(1024)}`,
];
for (const attack of attacks) {
  test(`${JSON.stringify(attack)?.slice(0, 40)} is ignored`, () => {
    assert.equal(readReturnPath(attack, origin), undefined);
  });
}

test('our own routes are nowhere to return to: nothing goes round in circles', () => {
  for (const path of ['/login', '/login?return_to=/login', '/x/../login', '/callback?code=1']) {
    assert.equal(readReturnPath(path, origin, ['/login', '/callback']), undefined);
  }
});
