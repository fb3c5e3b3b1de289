import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOnce, toRecord } from './record.ts';

interface Named {
  readonly name: string;
  readonly parts: readonly { readonly size: number }[];
}

test('a record is parsed once, and again when its text is another', () => {
  const parse = parseOnce<Named>();
  const text = '{"name":"one","parts":[{"size":1}]}';
  const first = parse('a', text);
  assert.equal(parse('a', text), first);
  assert.deepEqual(parse('b', text), first);
  assert.deepEqual(parse('a', '{"name":"two","parts":[]}'), { name: 'two', parts: [] });
  assert.deepEqual(parse('a', text), first);
});

test('what is shared cannot be changed, at any depth', () => {
  const record = parseOnce<Named>()('a', '{"name":"one","parts":[{"size":1}]}');
  assert.ok([record, record.parts, ...record.parts].every((part) => Object.isFrozen(part)));
});

test('what is absent in a row is absent in its record', () => {
  const record = toRecord<{ readonly name: string; readonly url?: string; readonly note?: string; readonly size?: number }>(
    { name: 'one', url: null, note: undefined, size: 0 });
  assert.deepEqual(Object.entries(record), [['name', 'one'], ['size', 0]]);
});
