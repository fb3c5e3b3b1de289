import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PasswordRulesView } from '@portico/contract';
import { judge, lengthOf, summaryOf } from '../../src/parts/password-rules.ts';
import { wholeCopy } from '../whole-copy.ts';

const rules: PasswordRulesView = { min_length: 8, max_length: 10, required_kinds: ['lowercase', 'uppercase', 'digit', 'symbol'], refuses_guessable: false };

async function metBy(password: string): Promise<readonly string[]> {
  const copy = await wholeCopy('en');
  return judge(password, rules, { copy, fault: undefined }).filter(({ state }) => state === 'met').map(({ code }) => code);
}

test('a length is counted in code points after NFC, as the server counts it', () => {
  assert.deepEqual([lengthOf('e\u0301'), lengthOf('😀😀'), lengthOf('한글'.normalize('NFD')), lengthOf('')], [1, 2, 2, 0]);
});

test('letters and digits of every script count for their kind', async () => {
  assert.deepEqual(await metBy('я'), ['password_lacks_lowercase']);
  assert.deepEqual(await metBy('Я'), ['password_lacks_uppercase']);
  assert.deepEqual(await metBy('٣'), ['password_lacks_digit']);
  assert.deepEqual(await metBy('😀'), ['password_lacks_symbol']);
});

test('the longest length is spoken of only by who is past it', async () => {
  const copy = await wholeCopy('en');
  const codes = (password: string): readonly string[] => judge(password, rules, { copy, fault: undefined }).map(({ code }) => code);
  assert.ok(!codes('aB3!aB3!').includes('password_too_long'));
  assert.ok(codes('aB3!aB3!aB3!').includes('password_too_long'));
});

test('the summary names what is missing, and says when nothing is', async () => {
  const copy = await wholeCopy('en');
  const summary = (password: string): string => summaryOf(judge(password, rules, { copy, fault: undefined }), copy);
  assert.match(summary('aB3'), /At least 8 characters.*symbol/);
  assert.equal(summary('aB3!aB3!'), copy.rulesMet);
});
